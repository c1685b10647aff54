package io.plimsoll.risk;

/**
 * Funding of perpetuals by the formula that most venues share. Rates are fractions of notional; positive: longs pay.
 *
 * <p>Source: the documentation of Hyperliquid and of Binance on funding.
 */
public final class Funding {

    private Funding() {}

    /**
     * How far the book stands from the reference price, a fraction of it.
     *
     * @param impactBid average price at which the impact notional sells
     * @param impactAsk average price at which it buys
     * @param reference oracle or index price, > 0
     */
    public static double premium(double impactBid, double impactAsk, double reference) {
        return (Math.max(impactBid - reference, 0) - Math.max(reference - impactAsk, 0)) / reference;
    }

    /**
     * {@code P + clamp(interest - P, -clamp, clamp)}, per the interval of its interest rate.
     *
     * @param premium P: the premium's average over the interval
     * @param clamp half width, >= 0
     */
    public static double rate(double premium, double interest, double clamp) {
        return premium + Math.max(-clamp, Math.min(clamp, interest - premium));
    }

    /**
     * What a position pays, quote units; negative is received.
     *
     * @param size base units, negative is short
     * @param price the venue's: the oracle's at Hyperliquid, the mark at Binance
     */
    public static double payment(double size, double price, double rate) {
        return size * price * rate;
    }
}
