package io.plimsoll.risk;

import java.util.HashMap;
import java.util.Map;

/** The bands of a pool's markets; where a market has several, what they have in common. */
record PriceBands(PriceBoard prices, Map<String, Band> byMarket) {

    record Band(double low, double high) {
        Band and(Band other) {
            return new Band(Math.max(low, other.low), Math.min(high, other.high));
        }
    }

    static PriceBands of(Bands bands, MarginPool pool, MarginCall state, PriceBoard prices) {
        Map<String, Band> found = new HashMap<>();
        bands.of(pool, state, prices, (market, low, high) -> found.merge(market, new Band(low, high), Band::and));
        return new PriceBands(prices, found);
    }

    Band of(String market) {
        Band band = byMarket.get(market);
        if (band == null) {
            throw new IllegalArgumentException(market + " has no band");
        }
        return band;
    }

    /** Prices inside, often at the very ends. */
    PriceBoard anyInside(RandomAccounts accounts) {
        PriceBoard moved = prices;
        for (Map.Entry<String, Band> entry : byMarket.entrySet()) {
            double price = prices.price(entry.getKey());
            double low = Math.max(entry.getValue().low(), price / 100);
            double high = Math.min(entry.getValue().high(), price * 100);
            double share = accounts.random().nextBoolean()
                    ? accounts.random().nextDouble()
                    : accounts.random().nextBoolean() ? 1e-9 : 1 - 1e-9;
            moved = moved.with(entry.getKey().substring("venue:".length()), low + (high - low) * share);
        }
        return moved;
    }
}
