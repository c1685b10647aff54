package io.plimsoll.risk;

import java.math.BigDecimal;

/**
 * How an instrument's sizes become integers.
 *
 * @param decimals decimals of the smallest size in base units, 0 to 12: one lot is 10^-decimals base units
 * @param multiplier base units in one contract, > 0
 */
public record LotSize(int decimals, double multiplier) {

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

    /** Lots as base units, to the nearest double. */
    public double size(long lots) {
        // A division of two exact doubles is rounded once, so it is the nearest double.
        return Math.abs(lots) <= 1L << 53
                ? DecimalRounding.scaled(lots, -decimals)
                : BigDecimal.valueOf(lots, decimals).doubleValue();
    }

    /**
     * Lots at a price in quote units per base unit, rounded half even to a millionth of a dollar. The sign is that of
     * the lots.
     *
     * @throws ArithmeticException beyond +-9.2e12 USD
     */
    public long notionalMicroUsd(long lots, double price) {
        return DecimalRounding.halfEven(
                DecimalRounding.scaled(lots * price, MicroUsd.DECIMALS - decimals),
                () -> BigDecimal.valueOf(lots, decimals)
                        .multiply(BigDecimal.valueOf(price))
                        .movePointRight(MicroUsd.DECIMALS));
    }
}
