package io.plimsoll.oracle;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Where a position stands in a ladder.
 *
 * @param price its line; null: none, because no price does it; the smallest or the largest price where every price does
 * @param bucket the bucket of that; null: in none
 * @param lowest lowest bucket in which a computation in doubles may put it
 * @param highest highest bucket in which a computation in doubles may put it
 * @param mayBeNone whether a computation in doubles may find that no price does it
 */
record Placement(@Nullable BigDecimal price, @Nullable Integer bucket, int lowest, int highest, boolean mayBeNone) {

    /** A short whose line lies at no positive price is put here: it is past its line at any price. */
    private static final BigDecimal SMALLEST_PRICE = new BigDecimal("1e-12");

    /** An inverse long that is past its line at any price is put here. */
    private static final BigDecimal LARGEST_PRICE = new BigDecimal("1e12");

    /** Rounding of doubles, relative to the price. */
    private static final BigDecimal OF_PRICE = new BigDecimal("1e-9");

    /** Rounding of doubles, relative to the terms that were added and may have cancelled out. */
    private static final BigDecimal OF_TERMS = new BigDecimal("1e-13");

    static Placement at(double price) {
        int bucket = Exact.bucket(price);
        return new Placement(Exact.decimal(price), bucket, bucket, bucket, false);
    }

    /**
     * The placement at a computed price.
     *
     * @param terms sum of the absolute terms that the price was added up from
     */
    static Placement of(boolean isLong, BigDecimal price, BigDecimal terms) {
        // The program computes lines in doubles, the oracle in decimals. Within 1e-9 of the price from a bucket's edge
        // (more where large terms cancelled out) either neighbour is right.
        BigDecimal rounding = price.abs().multiply(OF_PRICE).max(terms.multiply(OF_TERMS));
        BigDecimal low = price.subtract(rounding);
        BigDecimal high = price.add(rounding);
        BigDecimal placed = price.signum() > 0 ? price : isLong ? null : SMALLEST_PRICE;
        Integer bucket = bucketOf(placed);
        if (high.signum() <= 0) {
            int certain = bucket == null ? Integer.MIN_VALUE : bucket;
            return new Placement(placed, bucket, certain, certain, isLong);
        }
        boolean lowIsPositive = low.signum() > 0;
        return new Placement(
                placed,
                bucket,
                lowIsPositive ? Exact.bucket(low.doubleValue()) : Integer.MIN_VALUE,
                Math.max(Exact.bucket(high.doubleValue()), bucket == null ? Integer.MIN_VALUE : bucket),
                isLong && !lowIsPositive);
    }

    /**
     * The placement of an inverse position: its line is where its notional is so many coins.
     *
     * @param notional coins; where that is not positive, a long is past its line at every price and a short at none
     * @param terms sum of the absolute terms that the notional was added up from
     */
    static Placement inverse(boolean isLong, BigDecimal face, BigDecimal notional, BigDecimal terms) {
        BigDecimal rounding = notional.abs().multiply(OF_PRICE).max(terms.multiply(OF_TERMS));
        BigDecimal least = notional.subtract(rounding);
        BigDecimal most = notional.add(rounding);
        BigDecimal placed = notional.signum() > 0 ? face.divide(notional, Exact.DIGITS) : isLong ? LARGEST_PRICE : null;
        Integer bucket = bucketOf(placed);
        if (most.signum() <= 0) {
            int certain = bucket == null ? Integer.MIN_VALUE : bucket;
            return new Placement(placed, bucket, certain, certain, !isLong);
        }
        boolean leastIsPositive = least.signum() > 0;
        return new Placement(
                placed,
                bucket,
                Math.min(
                        Exact.bucket(face.divide(most, Exact.DIGITS).doubleValue()),
                        bucket == null ? Integer.MAX_VALUE : bucket),
                leastIsPositive ? Exact.bucket(face.divide(least, Exact.DIGITS).doubleValue()) : Integer.MAX_VALUE,
                !isLong && !leastIsPositive);
    }

    private static @Nullable Integer bucketOf(@Nullable BigDecimal price) {
        return price == null ? null : Integer.valueOf(Exact.bucket(price.doubleValue()));
    }

    /** True where a computation in doubles may rightly come to another bucket. */
    boolean isUncertain() {
        return lowest != highest;
    }
}
