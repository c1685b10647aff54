package io.plimsoll.risk.distribution;

import io.plimsoll.risk.EquityLine;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.Ranks;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Side;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The leverages of one side's positions at a price: notional over own equity ({@link EquityLine}), a ratio above 0.
 * Positions without equity come after all leverages.
 *
 * <p>One over a leverage is known to within {@link EquityLine#SHARE_ERROR} x |1 - d / leverage|, d as in {@link EquityLine}: of
 * a linear long of 20x to within 0.05 percentage points of its 5 %, which is 1 % of the leverage.
 */
public final class LeverageDistribution {

    private final double[] leverage;
    private final long[] lots;
    /** Sizes of a place and of all before it. */
    private final long[] lotsUpTo;
    /** The same of numbers of positions. */
    private final long[] positionsUpTo;

    /**
     * What lies between two leverages.
     *
     * @param lots size, >= 0
     * @param positions count
     */
    public record Part(long lots, int positions) {}

    private LeverageDistribution(double[] leverage, long[] lots, long[] lotsUpTo, long[] positionsUpTo) {
        this.leverage = leverage;
        this.lots = lots;
        this.lotsUpTo = lotsUpTo;
        this.positionsUpTo = positionsUpTo;
    }

    /**
     * The distribution of a side.
     *
     * @param equityLines by cell of the equity line, rising
     * @param markPrice quote units per base unit, > 0
     */
    public static LeverageDistribution of(Side side, Shape shape, List<Ladder.Rung> equityLines, double markPrice) {
        int direction = EquityLine.direction(side, shape);
        double price = EquityLine.price(markPrice, shape);
        int count = equityLines.size();
        double[] leverage = new double[count];
        long[] lots = new long[count];
        long[] lotsUpTo = new long[count];
        long[] positionsUpTo = new long[count];
        boolean longs = side == Side.LONG;
        for (int i = 0; i < count; i++) {
            // The nearer its line, the more leveraged: lines rise towards the price from one side, and fall from the
            // other.
            Ladder.Rung rung = equityLines.get(direction > 0 ? i : count - 1 - i);
            double share = direction * (1 - EquityLine.middle(rung.bucket()) / price);
            leverage[i] = share > 0 ? 1 / share : Double.POSITIVE_INFINITY;
            lots[i] = longs ? rung.longLots() : rung.shortLots();
            lotsUpTo[i] = Math.addExact(lots[i], before(lotsUpTo, i));
            positionsUpTo[i] = (longs ? rung.longPositions() : rung.shortPositions()) + before(positionsUpTo, i);
        }
        return new LeverageDistribution(leverage, lots, lotsUpTo, positionsUpTo);
    }

    /** What is in the places before one. */
    private static long before(long[] upTo, int place) {
        return place == 0 ? 0 : upTo[place - 1];
    }

    /** Size of all positions, lots. */
    public long lots() {
        return before(lotsUpTo, lotsUpTo.length);
    }

    /** All positions, count. */
    public int positions() {
        return (int) before(positionsUpTo, positionsUpTo.length);
    }

    /**
     * The smallest leverage that positions of so much of the size do not exceed.
     *
     * @param percent of the size, 1 to 100
     * @return null where there is no position, or those at that place have no equity
     */
    public @Nullable Double quantileOfSize(int percent) {
        return quantile(lotsUpTo, percent);
    }

    /** The same of the number of positions. */
    public @Nullable Double quantileOfPositions(int percent) {
        return quantile(positionsUpTo, percent);
    }

    private @Nullable Double quantile(long[] upTo, int percent) {
        long whole = before(upTo, upTo.length);
        if (whole == 0) {
            return null;
        }
        long rank = Ranks.upTo(percent, whole);
        double its = leverage[firstWhere(place -> upTo[place] >= rank)];
        return its == Double.POSITIVE_INFINITY ? null : (Double) its;
    }

    /** The first place of which something is true that is true of all behind it; the number of places where of none. */
    private int firstWhere(IntPredicate isTrue) {
        int low = 0;
        int high = leverage.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isTrue.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Positions of leverages from one up to below another; {@link Double#POSITIVE_INFINITY} is where equity is not above 0. */
    public Part between(double from, double below) {
        int first = firstWhere(place -> leverage[place] >= from);
        int end = firstWhere(place -> leverage[place] >= below);
        return new Part(before(lotsUpTo, end) - before(lotsUpTo, first), (int)
                (before(positionsUpTo, end) - before(positionsUpTo, first)));
    }

    /** Positions whose equity is not above 0. */
    public Part withoutEquity() {
        Part others = between(0, Double.POSITIVE_INFINITY);
        return new Part(lots() - others.lots(), positions() - others.positions());
    }

    /**
     * The mean of leverages, each weighing as its size; of positions that have equity.
     *
     * @return null where there are none
     */
    public @Nullable Double meanBySize() {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < leverage.length; i++) {
            if (leverage[i] != Double.POSITIVE_INFINITY) {
                sum += leverage[i] * lots[i];
                weights += lots[i];
            }
        }
        return weights == 0 ? null : (Double) (sum / weights);
    }
}
