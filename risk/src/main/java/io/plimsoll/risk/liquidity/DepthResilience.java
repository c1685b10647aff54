package io.plimsoll.risk.liquidity;

/**
 * How fast depth comes back: ln(depth) is taken for an autoregression of order one, x(t+1) = a + b x(t), fitted by least
 * squares. Half of a gap is closed after ln 2 / -ln b steps.
 */
public final class DepthResilience {

    /** Fewest pairs of neighbouring values from which it is told. */
    public static final int FEWEST_PAIRS = 20;

    private DepthResilience() {}

    /**
     * Time in which half of a gap is closed, in steps of the grid, > 0; NaN where too little is known, or where depth showed no
     * tendency to come back (b at or above 1) or none to stay (b at or below 0).
     *
     * @param depths on an even grid, the oldest first, NaN or 0 where there was none
     */
    public static double halfLifeSteps(double[] depths) {
        double first = Double.NaN; // logarithms are taken from there: depth that never moved has none
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        int pairs = 0;
        for (int i = 1; i < depths.length; i++) {
            if (depths[i - 1] > 0 && depths[i] > 0) {
                first = Double.isNaN(first) ? depths[i - 1] : first;
                double x = StrictMath.log(depths[i - 1] / first);
                double y = StrictMath.log(depths[i] / first);
                sumX += x;
                sumY += y;
                sumXx += x * x;
                sumXy += x * y;
                pairs++;
            }
        }
        if (pairs < FEWEST_PAIRS) {
            return Double.NaN;
        }
        double slope = (pairs * sumXy - sumX * sumY) / (pairs * sumXx - sumX * sumX);
        return slope > 0 && slope < 1 ? Math.log(2) / -Math.log(slope) : Double.NaN;
    }
}
