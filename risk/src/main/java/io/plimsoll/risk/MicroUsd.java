package io.plimsoll.risk;

import java.math.BigDecimal;

/** Money as a whole number of millionths of a US dollar, so that sums are exact in any order. */
public final class MicroUsd {

    static final int DECIMALS = 6;

    private MicroUsd() {}

    /**
     * An amount in US dollars, rounded half even to a millionth.
     *
     * @throws ArithmeticException beyond +-9.2e12 USD
     */
    public static long of(double usd) {
        return DecimalRounding.integer(usd, DECIMALS);
    }

    /**
     * The value of a quantity at a price, and a share of it that counts, rounded once at the end.
     *
     * @throws ArithmeticException beyond +-9.2e12 USD
     */
    public static long of(double quantity, double unitPriceUsd, double factor) {
        return DecimalRounding.halfEven(
                DecimalRounding.scaled(quantity * unitPriceUsd * factor, DECIMALS),
                () -> BigDecimal.valueOf(quantity)
                        .multiply(BigDecimal.valueOf(unitPriceUsd))
                        .multiply(BigDecimal.valueOf(factor))
                        .movePointRight(DECIMALS));
    }

    /** The amount in US dollars, to the nearest double. */
    public static double toUsd(long microUsd) {
        return microUsd / 1e6;
    }
}
