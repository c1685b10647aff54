package io.plimsoll.topology.intake;

import io.plimsoll.topology.avro.RoutedRecord;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one market that wait to be forwarded: the newest, and the lowest and the highest among those that it has
 * replaced, by mark and by index (which options follow), so that a line that was crossed in between is found.
 */
final class HeldBackPrices {

    /** The lowest and the highest of one of a price's numbers. */
    private static final class Extremes {
        private final ToDoubleFunction<RoutedRecord> number;
        private @Nullable RoutedRecord lowest;
        private @Nullable RoutedRecord highest;

        Extremes(ToDoubleFunction<RoutedRecord> number) {
            this.number = number;
        }

        void take(RoutedRecord record) {
            double its = number.applyAsDouble(record);
            if (lowest == null || its < number.applyAsDouble(lowest)) {
                lowest = record;
            }
            if (highest == null || its > number.applyAsDouble(highest)) {
                highest = record;
            }
        }

        Stream<RoutedRecord> beyond(RoutedRecord newest) {
            double its = number.applyAsDouble(newest);
            return Stream.concat(
                    Stream.ofNullable(lowest).filter(record -> number.applyAsDouble(record) < its),
                    Stream.ofNullable(highest).filter(record -> number.applyAsDouble(record) > its));
        }
    }

    private RoutedRecord newest;
    private @Nullable Extremes byMark;
    private @Nullable Extremes byIndex;

    HeldBackPrices(RoutedRecord record) {
        newest = record;
    }

    long newestMs() {
        return newest.getEventTimeMs();
    }

    /** Puts a newer price in the place of the newest. */
    void replace(RoutedRecord record) {
        if (byMark == null || byIndex == null) {
            byMark = new Extremes(RoutedRecord::getMarkPrice);
            byIndex = new Extremes(RoutedRecord::getIndexPrice);
        }
        byMark.take(newest);
        byIndex.take(newest);
        newest = record;
    }

    /** Hands over the lowest and the highest, in their order, where they lie beyond the newest; then the newest. */
    void drainTo(Consumer<RoutedRecord> next) {
        if (byMark != null && byIndex != null) {
            Stream.concat(byMark.beyond(newest), byIndex.beyond(newest))
                    .distinct()
                    .sorted(Comparator.comparingLong(RoutedRecord::getOffset))
                    .forEach(record -> next.accept(passing(record)));
        }
        next.accept(newest);
    }

    private static RoutedRecord passing(RoutedRecord record) {
        RoutedRecord passing = RoutedRecord.newBuilder(record).build();
        passing.setPassing(true);
        return passing;
    }
}
