package io.plimsoll.risk;

/** The normal distribution by the series for small numbers and the continued fraction for large: not the way that is tested. */
public final class PlainNormal {

    private static final double LARGE = 3;

    private PlainNormal() {}

    /** The chance of more than so many standard deviations. */
    public static double above(double deviations) {
        return deviations < 0 ? 1 - above(-deviations) : erfc(deviations / Math.sqrt(2)) / 2;
    }

    private static double erfc(double x) {
        if (x > LARGE) {
            double fraction = x;
            for (int k = 60; k >= 1; k--) {
                fraction = x + k / 2.0 / fraction;
            }
            return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 1 - 2 / Math.sqrt(Math.PI) * sum;
    }
}
