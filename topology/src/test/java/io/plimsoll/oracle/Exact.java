package io.plimsoll.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Decimal arithmetic of the measures: exact until a number is put on the wire. */
final class Exact {

    /** Digits of the few divisions that have no exact result; far beyond a double's. */
    static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    static final double BUCKET_WIDTH = 0.001;
    static final double CELL_WIDTH = 0.005;
    static final double QUOTE_STEP = 0.001;

    /** Decimals of money that is counted in millionths. */
    static final int MICRO = 6;

    private Exact() {}

    static BigDecimal decimal(double wire) {
        return BigDecimal.valueOf(wire);
    }

    static BigInteger halfEven(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact();
    }

    static BigInteger micro(BigDecimal usd) {
        return halfEven(usd.movePointRight(6));
    }

    static BigDecimal usd(BigInteger micro) {
        return new BigDecimal(micro, 6);
    }

    static double wireUsd(BigInteger micro) {
        return micro.doubleValue() / 1e6;
    }

    static double wireSize(BigInteger lots, int sizeDecimals) {
        return new BigDecimal(lots, sizeDecimals).doubleValue();
    }

    /** Rounded down, also for negative numbers. */
    static BigInteger floorDivide(BigInteger dividend, BigInteger divisor) {
        return new BigDecimal(dividend)
                .divide(new BigDecimal(divisor), 0, RoundingMode.FLOOR)
                .toBigIntegerExact();
    }

    /** The quotient of two integers, or null where the divisor is not positive. */
    static @Nullable Double ratio(BigInteger dividend, BigInteger divisor) {
        return divisor.signum() <= 0 ? null : dividend.doubleValue() / divisor.doubleValue();
    }

    static int bucket(double price) {
        return (int) Math.floor(StrictMath.log(price) / BUCKET_WIDTH);
    }

    /** Half even, of an amount in the smallest units of so many decimals. */
    static BigInteger counted(BigDecimal amount, int decimals) {
        return halfEven(amount.movePointRight(decimals));
    }

    /** What a bucket's sizes are divided by where they are counted in quote units. */
    static double middleOf(int bucket) {
        return StrictMath.exp((bucket + 0.5) * BUCKET_WIDTH);
    }

    /** What a quote asset's price is taken to be: the nearest of steps of 0.1 %, of which one is exactly 1. */
    static double quoteStep(double quotePriceUsd) {
        return StrictMath.exp(StrictMath.rint(StrictMath.log(quotePriceUsd) / QUOTE_STEP) * QUOTE_STEP);
    }

    /** The middle of the cell of prices that this price lies in: what other markets take it to be. */
    static double referencePrice(double mark) {
        double cell = Math.floor(StrictMath.log(mark) / CELL_WIDTH);
        return StrictMath.exp((cell + 0.5) * CELL_WIDTH);
    }
}
