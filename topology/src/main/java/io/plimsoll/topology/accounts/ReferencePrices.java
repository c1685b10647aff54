package io.plimsoll.topology.accounts;

import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Prices;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Notes a price; it counts from the next {@link #move} on. True where it is in another place than before. */
    boolean note(String market, double price, double quoteUsd) {
        Place place = new Place(PriceGrid.REFERENCE.cell(price), PriceGrid.quoteStep(quoteUsd));
        Place last = newByMarket.getOrDefault(market, placeByMarket.get(market));
        if (place.equals(last)) {
            return false;
        }
        newByMarket.put(market, place);
        return true;
    }

    /**
     * Lets what was noted count.
     *
     * @param settling also where a price is in a cell next to the one that counts: one that swings about the edge of its
     *     cell would otherwise move all the same accounts back and forth
     * @return the markets that moved
     */
    Set<String> move(boolean settling) {
        Set<String> moved = new HashSet<>();
        newByMarket.entrySet().removeIf(noted -> {
            Place last = placeByMarket.get(noted.getKey());
            if (!settling && last != null && last.isNextTo(noted.getValue())) {
                return false;
            }
            if (!noted.getValue().equals(last)) {
                placeByMarket.put(noted.getKey(), noted.getValue());
                moved.add(noted.getKey());
            }
            return true;
        });
        return moved;
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
