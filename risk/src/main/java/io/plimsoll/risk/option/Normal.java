package io.plimsoll.risk.option;

/** The standard normal distribution. */
final class Normal {

    private static final double SQRT_TWO_PI = 2.5066282746310002;
    /** Beyond it the rational approximation gives way to a continued fraction. */
    private static final double FAR = 7.07106781186547;
    /** Beyond it nothing is left that a double could hold. */
    private static final double FARTHEST = 37;

    private static final double[] NUMERATOR = {
        3.52624965998911e-02,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
    };
    private static final double[] DENOMINATOR = {
        8.83883476483184e-02,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752
    };
    private static final double CONTINUED_FRACTION_END = 0.65;
    private static final int CONTINUED_FRACTION_TERMS = 4;

    private Normal() {}

    /** Density at x. */
    static double density(double x) {
        return StrictMath.exp(-x * x / 2) / SQRT_TWO_PI;
    }

    /**
     * Probability of x or less, to 1e-14 absolute: J. F. Hart's approximation (Computer Approximations, 1968) in the form of
     * G. West, Better approximations to cumulative normal functions (2005).
     */
    static double cumulative(double x) {
        double upper = upperTail(Math.abs(x));
        return x > 0 ? 1 - upper : upper;
    }

    private static double upperTail(double x) {
        if (x > FARTHEST) {
            return 0;
        }
        double exponential = StrictMath.exp(-x * x / 2);
        if (x < FAR) {
            return exponential * polynomial(NUMERATOR, x) / polynomial(DENOMINATOR, x);
        }
        double fraction = x + CONTINUED_FRACTION_END;
        for (int term = CONTINUED_FRACTION_TERMS; term > 0; term--) {
            fraction = x + term / fraction;
        }
        return exponential / (fraction * SQRT_TWO_PI);
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (double coefficient : coefficients) {
            value = value * x + coefficient;
        }
        return value;
    }
}
