package io.plimsoll.oracle;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a market as its measures see them.
 *
 * @param all both sides
 */
record MeasuredPositions(List<MeasuredPosition> all) {

    /**
     * Where a published number may lie.
     *
     * @param low NaN, as {@code high}: anywhere
     */
    record Range(double low, double high) {

        static final Range ANYWHERE = new Range(Double.NaN, Double.NaN);

        boolean isAnywhere() {
            return Double.isNaN(low);
        }
    }

    /** Of a market whose price is known. */
    static MeasuredPositions of(MarketRecount market) {
        return new MeasuredPositions(market.contributions().stream()
                .map(its -> MeasuredPosition.of(market, its))
                .toList());
    }

    List<MeasuredPosition> side(boolean isLong) {
        return all.stream().filter(its -> its.isLong() == isLong).toList();
    }

    static double sum(
            List<MeasuredPosition> positions,
            Predicate<MeasuredPosition> counts,
            ToDoubleFunction<MeasuredPosition> value) {
        return positions.stream().filter(counts).mapToDouble(value).sum();
    }

    /** Mean leverage of a side by notional, where all have equity: from each position, exact but for rounding. */
    double meanLeverage(boolean isLong) {
        return mean(side(isLong), its -> 1 / its.share());
    }

    /** The same of those who have equity; null: nobody has. Anywhere where somebody is near having none. */
    @Nullable
    Range meanRange(boolean isLong) {
        List<MeasuredPosition> side = side(isLong);
        if (side.stream().anyMatch(its -> Math.abs(its.share()) <= its.error())) {
            return Range.ANYWHERE;
        }
        List<MeasuredPosition> solvent =
                side.stream().filter(its -> its.share() > 0).toList();
        return solvent.isEmpty()
                ? null
                : new Range(
                        mean(solvent, its -> 1 / (its.share() + its.error())),
                        mean(solvent, its -> 1 / (its.share() - its.error())));
    }

    /** Median leverage of a side by notional; null: no position, or no equity at that place. */
    @Nullable
    Range medianRange(boolean isLong) {
        MeasuredPosition median = atPlace(side(isLong), 50);
        if (median == null || median.share() + median.error() <= 0) {
            return null;
        }
        return median.share() - median.error() <= 0
                ? Range.ANYWHERE
                : new Range(1 / (median.share() + median.error()), 1 / (median.share() - median.error()));
    }

    /** The position at such a part of a side's size, the least leveraged first; null: there is none. */
    private static @Nullable MeasuredPosition atPlace(List<MeasuredPosition> side, int percent) {
        BigInteger all = side.stream().map(MeasuredPosition::lots).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger reached = BigInteger.ZERO;
        for (MeasuredPosition its : side.stream()
                .sorted(Comparator.comparingDouble((MeasuredPosition held) -> -held.share()))
                .toList()) {
            reached = reached.add(its.lots());
            if (reached.multiply(BigInteger.valueOf(100)).compareTo(all.multiply(BigInteger.valueOf(percent))) >= 0) {
                return its;
            }
        }
        return null;
    }

    private static double mean(List<MeasuredPosition> positions, ToDoubleFunction<MeasuredPosition> value) {
        double part = 0;
        double whole = 0;
        for (MeasuredPosition its : positions) {
            double lots = its.lots().doubleValue();
            part += lots * value.applyAsDouble(its);
            whole += lots;
        }
        return part / whole;
    }
}
