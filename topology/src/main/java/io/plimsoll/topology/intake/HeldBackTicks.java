package io.plimsoll.topology.intake;

import io.plimsoll.topology.avro.Tick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of one market that wait to go to the accounts: the newest, and the lowest and the highest among those that it
 * has replaced, so that a line that was crossed in between is found.
 */
final class HeldBackTicks {

    private Tick newest;
    private @Nullable Tick lowest;
    private @Nullable Tick highest;

    HeldBackTicks(Tick first) {
        newest = first;
    }

    /** Puts a newer tick in the place of the newest. */
    void replace(Tick tick) {
        if (lowest == null || newest.getMarkPrice() < lowest.getMarkPrice()) {
            lowest = newest;
        }
        if (highest == null || newest.getMarkPrice() > highest.getMarkPrice()) {
            highest = newest;
        }
        newest = tick;
    }

    /** Adds the newest, and the lowest and the highest where they lie beyond it. */
    void addTo(List<Tick> ticks) {
        if (lowest != null && lowest.getMarkPrice() < newest.getMarkPrice()) {
            ticks.add(passing(lowest));
        }
        if (highest != null && highest.getMarkPrice() > newest.getMarkPrice()) {
            ticks.add(passing(highest));
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
                true);
    }
}
