package io.plimsoll.oracle;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Where a position stands in a ladder.
 *
 * @param bucket its bucket; null: in none, because no price does it
 * @param lowest lowest bucket in which a computation in doubles may put it
 * @param highest highest bucket in which a computation in doubles may put it
 * @param mayBeNone whether a computation in doubles may find that no price does it
 */
record Placement(@Nullable Integer bucket, int lowest, int highest, boolean mayBeNone) {

    /** A short whose line lies at no positive price is put here: it is past its line at any price. */
    private static final double SMALLEST_PRICE = 1e-12;

    /** Rounding of doubles, relative to the price. */
    private static final BigDecimal OF_PRICE = new BigDecimal("1e-9");

    /** Rounding of doubles, relative to the terms that were added and may have cancelled out. */
    private static final BigDecimal OF_TERMS = new BigDecimal("1e-13");

    static Placement at(double price) {
        int bucket = Exact.bucket(price);
        return new Placement(bucket, bucket, bucket, false);
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
        Integer bucket = bucketOf(isLong, price);
        if (high.signum() <= 0) {
            int certain = bucket == null ? Integer.MIN_VALUE : bucket;
            return new Placement(bucket, certain, certain, isLong);
        }
        boolean lowIsPositive = low.signum() > 0;
        return new Placement(
                bucket,
                lowIsPositive ? Exact.bucket(low.doubleValue()) : Integer.MIN_VALUE,
                Math.max(Exact.bucket(high.doubleValue()), bucket == null ? Integer.MIN_VALUE : bucket),
                isLong && !lowIsPositive);
    }

    private static @Nullable Integer bucketOf(boolean isLong, BigDecimal price) {
        if (price.signum() > 0) {
            return Exact.bucket(price.doubleValue());
        }
        return isLong ? null : Exact.bucket(SMALLEST_PRICE);
    }

    /** True where a computation in doubles may rightly come to another bucket. */
    boolean isUncertain() {
        return lowest != highest;
    }
}
