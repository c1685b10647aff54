package io.plimsoll.risk;

/** The standard normal distribution. */
public final class NormalDistribution {

    /** 95 % of the distribution lie below: of a loss, one day in twenty is worse. */
    public static final double QUANTILE_95 = 1.6448536269514722;

    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    /** From here on the tail is a continued fraction. */
    private static final double FAR = 7.07106781186547;

    /** Beyond it a double knows no probability but 0. */
    private static final double BEYOND = 37;

    /** Hart's rational approximation, numerator and denominator by falling power. */
    private static final double[] OVER = {
        3.52624965998911e-2,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
    };

    private static final double[] UNDER = {
        8.83883476483184e-2,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752
    };

    private NormalDistribution() {}

    /** Density at a point, >= 0. */
    public static double density(double x) {
        return StrictMath.exp(-x * x / 2) / ROOT_TWO_PI;
    }

    /**
     * Probability of a value below x, 0 to 1; absolute error below 1e-14. Source: Hart's algorithm 5666 as given by West,
     * Better approximations to cumulative normal functions (2005).
     */
    public static double cumulative(double x) {
        double tail = tail(Math.abs(x));
        return x > 0 ? 1 - tail : tail;
    }

    private static double tail(double x) {
        if (x > BEYOND) {
            return 0;
        }
        double exponential = StrictMath.exp(-x * x / 2);
        if (x < FAR) {
            return exponential * polynomial(OVER, x) / polynomial(UNDER, x);
        }
        double fraction = x + 0.65;
        for (int term = 4; term >= 1; term--) {
            fraction = x + term / fraction;
        }
        return exponential / fraction / ROOT_TWO_PI;
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (double coefficient : coefficients) {
            value = value * x + coefficient;
        }
        return value;
    }
}
