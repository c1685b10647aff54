package io.plimsoll.topology.intake;

import io.plimsoll.topology.avro.RoutedRecord;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one market that wait to be forwarded: the newest, and the lowest and the highest among those that it has
 * replaced, so that a line that was crossed in between is found.
 */
final class HeldBackPrices {

    private RoutedRecord newest;
    private @Nullable RoutedRecord lowest;
    private @Nullable RoutedRecord highest;

    HeldBackPrices(RoutedRecord record) {
        newest = record;
    }

    long newestMs() {
        return newest.getEventTimeMs();
    }

    /** Puts a newer price in the place of the newest. */
    void replace(RoutedRecord record) {
        if (lowest == null || newest.getMarkPrice() < lowest.getMarkPrice()) {
            lowest = newest;
        }
        if (highest == null || newest.getMarkPrice() > highest.getMarkPrice()) {
            highest = newest;
        }
        newest = record;
    }

    /** Hands over the lowest and the highest, in their order, where they lie beyond the newest; then the newest. */
    void drainTo(Consumer<RoutedRecord> next) {
        RoutedRecord low = lowest != null && lowest.getMarkPrice() < newest.getMarkPrice() ? lowest : null;
        RoutedRecord high = highest != null && highest.getMarkPrice() > newest.getMarkPrice() ? highest : null;
        if (low != null && high != null && low.getOffset() > high.getOffset()) {
            passing(high, next);
            passing(low, next);
        } else {
            passing(low, next);
            passing(high, next);
        }
        next.accept(newest);
    }

    private static void passing(@Nullable RoutedRecord record, Consumer<RoutedRecord> next) {
        if (record != null) {
            next.accept(new RoutedRecord(
                    record.getKind(),
                    record.getKey(),
                    record.getEventTimeMs(),
                    record.getPartition(),
                    record.getOffset(),
                    record.getValue(),
                    record.getMarkPrice(),
                    true));
        }
    }
}
