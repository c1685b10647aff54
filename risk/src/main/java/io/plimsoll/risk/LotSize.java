package io.plimsoll.risk;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How an instrument's sizes become integers.
 *
 * @param decimals decimals of the smallest size in base units, 0 to 12: one lot is 10^-decimals base units
 * @param multiplier base units in one contract, > 0
 */
public record LotSize(int decimals, double multiplier) {

    private static final MathContext QUOTIENT = new MathContext(60);

    /** Most decimals that a lot may have. */
    public static final int MAX_DECIMALS = 12;

    public LotSize {
        if (decimals < 0 || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException("decimals is " + decimals + ", allowed is 0 to " + MAX_DECIMALS);
        }
        if (!(multiplier > 0) || multiplier == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("multiplier is " + multiplier + ", allowed is a number above 0");
        }
    }

    /**
     * Signed contracts as lots, rounded half even.
     *
     * @throws ArithmeticException where the lots do not fit a long
     */
    public long lots(double contracts) {
        return DecimalRounding.halfEven(
                DecimalRounding.scaled(contracts * multiplier, decimals),
                () -> BigDecimal.valueOf(contracts)
                        .multiply(BigDecimal.valueOf(multiplier))
                        .movePointRight(decimals));
    }

    /**
     * The same of options by their delta; the product is taken in decimals, as the two numbers are written.
     *
     * @throws ArithmeticException where the lots do not fit a long
     */
    public long lots(double contracts, double delta) {
        return DecimalRounding.halfEven(
                DecimalRounding.scaled(contracts * delta * multiplier, decimals),
                () -> BigDecimal.valueOf(contracts)
                        .multiply(BigDecimal.valueOf(delta))
                        .multiply(BigDecimal.valueOf(multiplier))
                        .movePointRight(decimals));
    }

    /** Lots as base units, to the nearest double. */
    public double size(long lots) {
        // A division of two exact doubles is rounded once, so it is the nearest double.
        return Math.abs(lots) <= 1L << 53
                ? DecimalRounding.scaled(lots, -decimals)
                : BigDecimal.valueOf(lots, decimals).doubleValue();
    }

    /**
     * Lots at a price in quote units per base unit, in units of 10^-decimals, rounded half even. The sign is that of the
     * lots.
     *
     * @throws ArithmeticException where it does not fit a long
     */
    public long times(long lots, double price, int amountDecimals) {
        return DecimalRounding.product(lots, decimals, price, amountDecimals);
    }

    /** The same for lots of face value: lots divided by a price in quote units per coin. */
    public long dividedBy(long lots, double price, int amountDecimals) {
        return DecimalRounding.halfEven(
                DecimalRounding.scaled(lots / price, amountDecimals - decimals),
                () -> BigDecimal.valueOf(lots, decimals)
                        .movePointRight(amountDecimals)
                        .divide(BigDecimal.valueOf(price), QUOTIENT));
    }

    /** {@link #times} in micro-dollars. */
    public long notionalMicroUsd(long lots, double price) {
        return times(lots, price, MicroUsd.DECIMALS);
    }
}
