package io.plimsoll.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Supplier;

/**
 * Rounds products of decimal numbers half even to integers, exactly, and mostly without decimals.
 *
 * <p>A number in binary floating point stands for the shortest decimal that reads back as it, which is what a venue sent.
 * A product of up to four such, each off by at most 2^-53 of itself, worked out with up to four roundings, is off by less
 * than 2^-50 of itself. Where that cannot reach the next half, rounding it gives what decimals would.
 */
final class DecimalRounding {

    private static final double RELATIVE_ERROR = 0x1p-50;

    private DecimalRounding() {}

    /**
     * The exact product rounded half even.
     *
     * @param approximate the product in floating point, of at most four factors
     * @param exact the product in decimals, asked only where the approximate one does not settle it
     * @throws ArithmeticException where it does not fit a long
     */
    static long halfEven(double approximate, Supplier<BigDecimal> exact) {
        double rounded = Math.rint(approximate);
        if (0.5 - Math.abs(approximate - rounded) > Math.abs(approximate) * RELATIVE_ERROR) {
            return (long) rounded;
        }
        return exact.get().setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    /**
     * A number times 10^decimals, rounded half even.
     *
     * @throws ArithmeticException where it does not fit a long
     */
    static long integer(double number, int decimals) {
        return halfEven(
                scaled(number, decimals), () -> BigDecimal.valueOf(number).movePointRight(decimals));
    }

    /**
     * A decimal number times another, in units of 10^-resultDecimals, rounded half even.
     *
     * @throws ArithmeticException where it does not fit a long
     */
    static long product(long unscaled, int decimals, double factor, int resultDecimals) {
        return halfEven(
                scaled(unscaled * factor, resultDecimals - decimals),
                () -> BigDecimal.valueOf(unscaled, decimals)
                        .multiply(BigDecimal.valueOf(factor))
                        .movePointRight(resultDecimals));
    }

    /** 10^exponent times a number: exact powers, so that only the one rounding is added. */
    static double scaled(double number, int exponent) {
        return exponent >= 0 ? number * POWERS[exponent] : number / POWERS[-exponent];
    }

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
}
