package io.plimsoll.risk;

/**
 * Price bands within which a pool need not be looked at: while every price stays inside, its state cannot change, and its
 * distance to the line is known to a stated share.
 *
 * <p>Certificate: with {@code sum(sway_i) x b <= |gap|}, no path of prices within {@code p_i (1 +- b)} can change the
 * gap's sign. The band is the narrowest over the gaps that matter in the present state. For the line itself only a share
 * of the gap, the band width, is used up: so a stored liquidation price is off by at most that share of its distance.
 *
 * <p>A pool that one price moves has fixed lines: its band reaches from one to the next, exactly, and it is looked at
 * only when it crosses one.
 *
 * <p>Source: validity bands of half-spaces; docs/measures.md, section on accounts.
 *
 * @param width share of the distance to the line, more than 0 and at most 1
 */
public record Bands(double width, MarginCall.Levels levels) {

    /** Lines are taken this much early, relative, so that no rounding can hide a crossing. */
    private static final double ROUNDING = 1e-12;

    /** Takes the band of each market of a pool. */
    public interface Sink {
        /** Look again at a price at or below {@code low}, or at or above {@code high}. */
        void band(String market, double low, double high);
    }

    public Bands {
        if (!(width > 0 && width <= 1)) {
            throw new IllegalArgumentException("band width is " + width + ", allowed is more than 0 and at most 1");
        }
    }

    /** Gives the bands of a pool in a state at present prices. */
    public void of(MarginPool pool, MarginCall state, Prices prices, Sink sink) {
        if (pool.movers() == 1 && pool.positions().size() == 1 && fixedLines(pool, state, prices, sink)) {
            return;
        }
        double band = Math.min(Exposure.WIDEST_BAND, width * share(1, pool, prices));
        switch (state) {
            case OK -> band = Math.min(band, share(levels.watch(), pool, prices));
            case WATCH ->
                band = Math.min(
                        band,
                        Math.min(share(levels.call(), pool, prices), share(levels.end(levels.watch()), pool, prices)));
            case MARGIN_CALL -> band = Math.min(band, share(levels.end(levels.call()), pool, prices));
            case LIQUIDATABLE, BANKRUPT -> {}
        }
        band = Math.min(band, share(pool.equity(prices), pool.equitySway(prices)));
        for (int i = 0; i < pool.positions().size(); i++) {
            String market = pool.positions().get(i).market();
            double price = prices.price(market);
            sink.band(
                    market, pool.exposure(i).low(price, band), pool.exposure(i).high(price, band));
        }
        for (Balance coin : pool.coins()) {
            String market = coin.market();
            if (market != null) {
                double price = prices.price(market);
                sink.band(market, price * (1 - band), price * (1 + band));
            }
        }
    }

    /** The bands of a pool that one position moves; false where its lines are not single prices. */
    private boolean fixedLines(MarginPool pool, MarginCall state, Prices prices, Sink sink) {
        Exposure exposure = pool.exposure(0);
        if (!exposure.hasFixedLines(levels.end(levels.watch()))) {
            return false;
        }
        double rest = pool.restOfOnly(prices);
        double equityRest = pool.equityRestOfOnly(prices);
        double worse = switch (state) {
            case OK -> exposure.priceAtRatio(levels.watch(), rest);
            case WATCH -> exposure.priceAtRatio(levels.call(), rest);
            case MARGIN_CALL -> exposure.priceAtRatio(1, rest);
            case LIQUIDATABLE -> exposure.bankruptcyPrice(equityRest, Double.NaN);
            case BANKRUPT -> LinearMargin.NONE;
        };
        double better = switch (state) {
            case OK -> LinearMargin.NONE;
            case WATCH -> exposure.priceAtRatio(levels.end(levels.watch()), rest);
            case MARGIN_CALL -> exposure.priceAtRatio(levels.end(levels.call()), rest);
            case LIQUIDATABLE -> exposure.priceAtRatio(1, rest);
            case BANKRUPT -> exposure.bankruptcyPrice(equityRest, Double.NaN);
        };
        double low = exposure.side() == Side.LONG ? worse : better;
        double high = exposure.side() == Side.LONG ? better : worse;
        sink.band(
                pool.positions().get(0).market(),
                Double.isNaN(low) ? 0 : low * (1 + ROUNDING),
                Double.isNaN(high) ? Double.POSITIVE_INFINITY : high * (1 - ROUNDING));
        return true;
    }

    private static double share(double level, MarginPool pool, Prices prices) {
        return share(pool.gap(level, prices), pool.sway(level, prices));
    }

    private static double share(double gap, double sway) {
        return sway == 0 ? Exposure.WIDEST_BAND : Math.abs(gap) / sway;
    }
}
