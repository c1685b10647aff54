package io.plimsoll.oracle;

import io.plimsoll.oracle.AccountRecount.Contribution;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.Rung;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Compares rungs: buckets, sizes and counts must be equal. Only a position whose price lies within 1e-9 of a bucket's
 * edge may stand in the neighbour: rounding in doubles decides there, and either is right.
 */
record LadderComparison(String subject, MarketRecount market) {

    /** Stands for the size that no price liquidates. */
    private static final int NO_BUCKET = Integer.MIN_VALUE;

    /** Lots and positions in one bucket on one side. */
    private record Sum(BigInteger lots, int positions) {
        static final Sum NONE = new Sum(BigInteger.ZERO, 0);

        Sum plus(BigInteger more, int count) {
            return new Sum(lots.add(more), positions + count);
        }
    }

    List<String> between(Ladder expected, Ladder actual) {
        List<String> lines = new ArrayList<>();
        for (boolean isLong : new boolean[] {true, false}) {
            String side = isLong ? "long" : "short";
            Map<Integer, Sum> expectedSums = sums(expected.getLiquidation(), isLong);
            Map<Integer, Sum> actualSums = sums(actual.getLiquidation(), isLong);
            addUnliquidatable(
                    expectedSums,
                    isLong ? expected.getUnliquidatableLongSize() : expected.getUnliquidatableShortSize());
            addUnliquidatable(
                    actualSums, isLong ? actual.getUnliquidatableLongSize() : actual.getUnliquidatableShortSize());
            compare("liquidation " + side, isLong, Contribution::liquidation, expectedSums, actualSums, lines);
            compare(
                    "bankruptcy " + side,
                    isLong,
                    Contribution::bankruptcy,
                    sums(expected.getBankruptcy(), isLong),
                    sums(actual.getBankruptcy(), isLong),
                    lines);
        }
        edges("liquidation", actual.getLiquidation(), lines);
        edges("bankruptcy", actual.getBankruptcy(), lines);
        lines.addAll(new RungComparison(subject, market).of(actual));
        return lines;
    }

    private Map<Integer, Sum> sums(List<Rung> rungs, boolean isLong) {
        Map<Integer, Sum> sums = new TreeMap<>();
        for (Rung rung : rungs) {
            BigInteger lots = lots(isLong ? rung.getLongSize() : rung.getShortSize(), Exact.middleOf(rung.getBucket()));
            int positions = isLong ? rung.getLongPositions() : rung.getShortPositions();
            if (lots.signum() != 0 || positions != 0) {
                sums.put(rung.getBucket(), new Sum(lots, positions));
            }
        }
        return sums;
    }

    /** How many positions they are the ladder does not say: each counts as none. */
    private void addUnliquidatable(Map<Integer, Sum> sums, double size) {
        sums.put(NO_BUCKET, new Sum(lots(size, market.price() == null ? 1 : market.valuation()), 0));
    }

    /** @param price at which face value was turned into base units, where the contract is inverse */
    private BigInteger lots(double size, double price) {
        return Exact.counted(
                Exact.decimal(market.isInverse() ? size * price : size),
                market.instrument().getSizeDecimals());
    }

    private void compare(
            String name,
            boolean isLong,
            Function<Contribution, Placement> placementOf,
            Map<Integer, Sum> expected,
            Map<Integer, Sum> actual,
            List<String> lines) {
        for (Contribution contribution : market.contributions()) {
            Placement placement = placementOf.apply(contribution);
            if (contribution.open().isLong() == isLong && placement.isUncertain()) {
                moveToWhereItIsMissing(contribution.open().lots().abs(), placement, expected, actual);
            }
        }
        TreeSet<Integer> buckets = new TreeSet<>(expected.keySet());
        buckets.addAll(actual.keySet());
        for (int bucket : buckets) {
            Sum expectedSum = expected.getOrDefault(bucket, Sum.NONE);
            Sum actualSum = actual.getOrDefault(bucket, Sum.NONE);
            if (!same(expectedSum, actualSum)) {
                String where = bucket == NO_BUCKET ? "unliquidatable" : "bucket " + bucket;
                lines.add(subject + ": " + name + " " + where + ": expected " + text(expectedSum) + ", actual "
                        + text(actualSum));
            }
        }
    }

    /** Lots come back out of a double, which holds 2^53 of them exactly: compared as the doubles that they were. */
    private static boolean same(Sum expected, Sum actual) {
        return expected.positions() == actual.positions()
                && expected.lots().doubleValue() == actual.lots().doubleValue();
    }

    private static void moveToWhereItIsMissing(
            BigInteger lots, Placement placement, Map<Integer, Sum> expected, Map<Integer, Sum> actual) {
        int from = placement.bucket() == null ? NO_BUCKET : placement.bucket();
        if (!expected.containsKey(from) || same(expected.get(from), actual.getOrDefault(from, Sum.NONE))) {
            return;
        }
        for (int to : actual.keySet()) {
            boolean allowed =
                    to == NO_BUCKET ? placement.mayBeNone() : to >= placement.lowest() && to <= placement.highest();
            BigInteger missing = actual.get(to)
                    .lots()
                    .subtract(expected.getOrDefault(to, Sum.NONE).lots());
            if (allowed && to != from && missing.compareTo(lots) >= 0) {
                expected.merge(from, Sum.NONE, (sum, none) -> sum.plus(lots.negate(), from == NO_BUCKET ? 0 : -1));
                expected.merge(
                        to,
                        new Sum(lots, to == NO_BUCKET ? 0 : 1),
                        (sum, moved) -> sum.plus(moved.lots(), moved.positions()));
                return;
            }
        }
    }

    private void edges(String name, List<Rung> rungs, List<String> lines) {
        int before = NO_BUCKET;
        for (Rung rung : rungs) {
            if (rung.getBucket() <= before) {
                lines.add(subject + ": " + name + ": expected rising buckets, actual " + rung.getBucket() + " after "
                        + before);
            }
            if (rung.getLongPositions() + rung.getShortPositions() == 0) {
                lines.add(subject + ": " + name + ": expected no empty bucket, actual " + rung.getBucket());
            }
            before = rung.getBucket();
            edge(name, rung.getBucket(), "lowerPrice", rung.getLowerPrice(), rung.getBucket(), lines);
            edge(name, rung.getBucket(), "upperPrice", rung.getUpperPrice(), rung.getBucket() + 1, lines);
        }
    }

    private void edge(String name, int bucket, String field, double actual, int edge, List<String> lines) {
        double expected = StrictMath.exp(edge * Exact.BUCKET_WIDTH);
        if (!(Math.abs(actual - expected) <= 1e-12 * expected)) {
            lines.add(subject + ": " + name + " bucket " + bucket + " " + field + ": expected " + expected + ", actual "
                    + actual);
        }
    }

    private String text(Sum sum) {
        return Exact.wireSize(sum.lots(), market.instrument().getSizeDecimals()) + " in " + sum.positions()
                + " positions";
    }
}
