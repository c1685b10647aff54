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
 * prices are and not on how they came there.
 */
final class ReferencePrices implements Prices {

    /** Where a market's price is: its cell, and the step of its quote asset. */
    private record Place(int cell, double quoteUsd) {}

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

    /** Lets what was noted count; the markets that moved. */
    Set<String> move() {
        if (newByMarket.isEmpty()) {
            return Set.of();
        }
        Set<String> moved = new HashSet<>();
        newByMarket.forEach((market, place) -> {
            if (!place.equals(placeByMarket.put(market, place))) {
                moved.add(market);
            }
        });
        newByMarket.clear();
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
