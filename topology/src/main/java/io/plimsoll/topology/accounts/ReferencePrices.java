package io.plimsoll.topology.accounts;

import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Prices;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prices at which an account's other markets are taken for ladders: cells of a grid, so that ladders depend on where
 * prices are and, once settled, not on how they came there.
 */
final class ReferencePrices implements Prices {

    /** Where a market's price is: its cell, and the step of its quote asset. */
    private record Place(int cell, double quoteUsd) {

        boolean isNextTo(Place other) {
            return Math.abs(cell - other.cell) <= 1 && quoteUsd == other.quoteUsd;
        }
    }

    private final Map<String, Place> placeByMarket = new HashMap<>();
    private final Map<String, Place> newByMarket = new HashMap<>();

    /** Notes a price; it counts from the next {@link #move} or {@link #moveAll} on. True where it is in another place than before. */
    boolean note(String market, double price, double quoteUsd) {
        Place place = new Place(PriceGrid.REFERENCE.cell(price), PriceGrid.quoteStep(quoteUsd));
        Place last = newByMarket.getOrDefault(market, placeByMarket.get(market));
        if (place.equals(last)) {
            return false;
        }
        newByMarket.put(market, place);
        return true;
    }

    /** Markets of which something was noted that does not count yet. */
    Set<String> noted() {
        return Collections.unmodifiableSet(newByMarket.keySet());
    }

    /**
     * Lets what was noted of a market count.
     *
     * @param settling also where its price is in a cell next to the one that counts: one that swings about the edge of its
     *     cell would otherwise move all the same accounts back and forth
     * @return whether it has moved
     */
    boolean move(String market, boolean settling) {
        Place noted = newByMarket.get(market);
        Place last = placeByMarket.get(market);
        if (noted == null || !settling && last != null && last.isNextTo(noted)) {
            return false;
        }
        newByMarket.remove(market);
        if (noted.equals(last)) {
            return false;
        }
        placeByMarket.put(market, noted);
        return true;
    }

    /** Lets all count that was noted. */
    void moveAll() {
        placeByMarket.putAll(newByMarket);
        newByMarket.clear();
    }

    @Override
    public double price(String market) {
        @Nullable Place place = placeByMarket.get(market);
        return place == null ? Double.NaN : PriceGrid.REFERENCE.middle(place.cell());
    }

    @Override
    public double quoteUsd(String market) {
        @Nullable Place place = placeByMarket.get(market);
        return place == null ? 1 : place.quoteUsd();
    }
}
