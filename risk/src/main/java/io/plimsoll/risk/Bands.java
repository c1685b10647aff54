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
        FixedLines lines = FixedLines.of(pool, prices, levels.end(levels.watch()));
        if (lines != null) {
            between(lines, state, sink);
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

    /** From the line that makes its state worse to the one that makes it better. */
    private void between(FixedLines lines, MarginCall state, Sink sink) {
        double worse = switch (state) {
            case OK -> lines.atRatio().applyAsDouble(levels.watch());
            case WATCH -> lines.atRatio().applyAsDouble(levels.call());
            case MARGIN_CALL -> lines.atRatio().applyAsDouble(1);
            case LIQUIDATABLE -> lines.bankruptcy();
            case BANKRUPT -> LinearMargin.NONE;
        };
        double better = switch (state) {
            case OK -> LinearMargin.NONE;
            case WATCH -> lines.atRatio().applyAsDouble(levels.end(levels.watch()));
            case MARGIN_CALL -> lines.atRatio().applyAsDouble(levels.end(levels.call()));
            case LIQUIDATABLE -> lines.atRatio().applyAsDouble(1);
            case BANKRUPT -> lines.bankruptcy();
        };
        double low = lines.side() == Side.LONG ? worse : better;
        double high = lines.side() == Side.LONG ? better : worse;
        sink.band(
                lines.market(),
                Double.isNaN(low) ? 0 : low * (1 + ROUNDING),
                Double.isNaN(high) ? Double.POSITIVE_INFINITY : high * (1 - ROUNDING));
    }

    private static double share(double level, MarginPool pool, Prices prices) {
        return share(pool.gap(level, prices), pool.sway(level, prices));
    }

    private static double share(double gap, double sway) {
        return sway == 0 ? Exposure.WIDEST_BAND : Math.abs(gap) / sway;
    }
}
