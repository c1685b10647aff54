package io.plimsoll.risk;

/** Who is closed, and when, where a venue's insurance does not cover a loss. */
public final class AutoDeleveraging {

    private AutoDeleveraging() {}

    /**
     * Rank of a position on the winning side at Hyperliquid, the highest is closed first:
     * {@code (mark / entry) x (notional / account value)}, for a long.
     *
     * @param accountValue equity that backs it, > 0
     */
    public static double hyperliquidRank(double entryPrice, double markPrice, double notional, double accountValue) {
        return markPrice / entryPrice * (notional / accountValue);
    }

    /**
     * What an insurance pool has lost since its peak of the last eight hours at Bybit, as a fraction of the pool then;
     * negative is loss. Below -0.30 positions are closed until it is back at -0.25.
     *
     * @param profit of the pool's symbols now
     * @param peakProfit highest of the last eight hours
     * @param peakPool the pool at that moment, > 0
     */
    public static double bybitPoolDrawdown(double profit, double peakProfit, double peakPool) {
        return (profit - peakProfit) / peakPool;
    }
}
