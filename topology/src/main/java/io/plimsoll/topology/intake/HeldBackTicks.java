package io.plimsoll.topology.intake;

import io.plimsoll.topology.avro.Tick;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of one market that wait to go to the accounts: the newest, and the lowest and the highest among those that it
 * has replaced, by mark and by index (which options follow), so that a line that was crossed in between is found.
 */
final class HeldBackTicks {

    /** The lowest and the highest of one of a tick's numbers. */
    private static final class Extremes {
        private final ToDoubleFunction<Tick> number;
        private @Nullable Tick lowest;
        private @Nullable Tick highest;

        Extremes(ToDoubleFunction<Tick> number) {
            this.number = number;
        }

        void take(Tick tick) {
            double its = number.applyAsDouble(tick);
            if (lowest == null || its < number.applyAsDouble(lowest)) {
                lowest = tick;
            }
            if (highest == null || its > number.applyAsDouble(highest)) {
                highest = tick;
            }
        }

        void addBeyond(Tick newest, Set<Tick> ticks) {
            double its = number.applyAsDouble(newest);
            if (lowest != null && number.applyAsDouble(lowest) < its) {
                ticks.add(lowest);
            }
            if (highest != null && number.applyAsDouble(highest) > its) {
                ticks.add(highest);
            }
        }
    }

    private final Extremes byMark = new Extremes(Tick::getMarkPrice);
    private final Extremes byIndex = new Extremes(HeldBackTicks::index);
    private Tick newest;

    HeldBackTicks(Tick first) {
        newest = first;
    }

    private static double index(Tick tick) {
        Double index = tick.getIndexPrice();
        return index == null ? tick.getMarkPrice() : index;
    }

    /** Puts a newer tick in the place of the newest. */
    void replace(Tick tick) {
        byMark.take(newest);
        byIndex.take(newest);
        newest = tick;
    }

    /** Adds the newest, and the lowest and the highest where they lie beyond it. */
    void addTo(List<Tick> ticks) {
        Set<Tick> beyond = Collections.newSetFromMap(new IdentityHashMap<>());
        byMark.addBeyond(newest, beyond);
        byIndex.addBeyond(newest, beyond);
        for (Tick tick : beyond) {
            ticks.add(passing(tick));
        }
        ticks.add(newest);
    }

    private static Tick passing(Tick tick) {
        return new Tick(
                tick.getMarket(),
                tick.getEventTimeMs(),
                tick.getMarkPrice(),
                tick.getIndexPrice(),
                tick.getQuotePriceUsd(),
                true,
                null,
                null,
                null,
                null);
    }
}
