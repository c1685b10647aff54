package io.plimsoll.risk;

import java.util.HashMap;
import java.util.Map;

/** Prices by symbol, and the dollar values of their quote assets. */
public record PriceBoard(Map<String, Double> priceByMarket, Map<String, Double> quoteUsdByMarket) implements Prices {

    /** Nothing is known. */
    public static final PriceBoard EMPTY = new PriceBoard(Map.of(), Map.of());

    /** One price. */
    public static PriceBoard of(String symbol, double price) {
        return EMPTY.with(symbol, price);
    }

    /** These and one more, or another one. */
    public PriceBoard with(String symbol, double price) {
        Map<String, Double> changed = new HashMap<>(priceByMarket);
        changed.put("venue:" + symbol, price);
        return new PriceBoard(changed, quoteUsdByMarket);
    }

    /** These with another value of a symbol's quote asset. */
    public PriceBoard withQuote(String symbol, double quoteUsd) {
        Map<String, Double> changed = new HashMap<>(quoteUsdByMarket);
        changed.put("venue:" + symbol, quoteUsd);
        return new PriceBoard(priceByMarket, changed);
    }

    /** All prices times a factor. */
    public PriceBoard times(double factor) {
        Map<String, Double> moved = new HashMap<>(priceByMarket);
        moved.replaceAll((market, price) -> price * factor);
        return new PriceBoard(moved, quoteUsdByMarket);
    }

    @Override
    public double price(String market) {
        return priceByMarket.getOrDefault(market, Double.NaN);
    }

    @Override
    public double quoteUsd(String market) {
        return quoteUsdByMarket.getOrDefault(market, 1.0);
    }
}
