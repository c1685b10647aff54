package io.plimsoll.risk.cascade;

/**
 * Cont and Schaanning (2017): the price falls by the fraction {@code Psi(q) = (1 - B/S) (1 - exp(-q / delta))}, so never
 * below a floor B at which others are taken to buy all that is sold. As a move of ln(price): {@code -ln(1 - Psi)}.
 *
 * <p>For rises it is the same move upwards: a ceiling at {@code S^2 / B}.
 *
 * @param scale delta, in the unit of the ladder, > 0
 * @param floorShare B/S, the floor as a share of the price, > 0 and < 1
 */
public record ExponentialImpact(double scale, double floorShare) implements Impact {

    public ExponentialImpact {
        Checks.above0("scale", scale);
        if (!(floorShare > 0 && floorShare < 1)) {
            throw new IllegalArgumentException("floorShare is " + floorShare + ", allowed is above 0 and below 1");
        }
    }

    /**
     * From a market's daily figures: {@code D = c V / sigma sqrt(tau)} and {@code delta = (1 - B/S) D}, by which the first
     * unit moves the price by 1 / D.
     *
     * @param coefficient c, of order one, > 0
     * @param dailyVolume V, in the unit of the ladder, > 0
     * @param dailyVolatility sigma, > 0
     * @param days tau, days over which the sales are spread, > 0
     * @param floorShare B/S
     */
    public static ExponentialImpact ofDailyFigures(
            double coefficient, double dailyVolume, double dailyVolatility, double days, double floorShare) {
        double depth = coefficient * dailyVolume / dailyVolatility * Math.sqrt(days);
        return new ExponentialImpact((1 - floorShare) * depth, floorShare);
    }

    /** Psi: the fraction of the price, 0 to 1 - B/S. */
    public double fraction(double volume) {
        return (1 - floorShare) * -StrictMath.expm1(-volume / scale);
    }

    @Override
    public double move(double volume) {
        return -StrictMath.log1p(-fraction(volume));
    }

    @Override
    public double slope(double volume) {
        return (1 - floorShare) * StrictMath.exp(-volume / scale) / scale / (1 - fraction(volume));
    }

    @Override
    public ExponentialImpact withDepth(double share) {
        Checks.share(share);
        return new ExponentialImpact(scale * share, floorShare);
    }
}
