package io.plimsoll.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our liquidation prices of a pool held against the venue's own, at the prices at which the venue computed them. Where
 * they differ, or cannot be compared, the pool holds something that its records do not show, or a margin table is wrong:
 * then the venue's are used.
 */
public final class VenueCheck {

    private static final VenueCheck NOTHING_REPORTED = new VenueCheck(new double[0], 0, true);
    private static final VenueCheck NOT_COMPARABLE = new VenueCheck(new double[0], 0, false);

    private final double[] difference;
    private final double tolerance;
    private final boolean confirms;

    private VenueCheck(double[] difference, double tolerance, boolean confirms) {
        this.difference = difference;
        this.tolerance = tolerance;
        this.confirms = confirms;
    }

    /**
     * Holds a pool against what its venue reports.
     *
     * @param tolerance relative difference up to which two prices are the same
     */
    public static VenueCheck of(MarginPool pool, double tolerance) {
        List<OpenPosition> positions = pool.positions();
        if (!reportsAnyLine(positions)) {
            return NOTHING_REPORTED;
        }
        if (pool.movers() > 1 && !positions.stream().allMatch(position -> reportedMark(position) != null)) {
            return NOT_COMPARABLE;
        }
        PoolLines lines = pool.lines(new VenuePrices(pool));
        double[] difference = new double[positions.size()];
        boolean confirms = true;
        for (int i = 0; i < difference.length; i++) {
            Double reported = reportedLine(positions.get(i));
            difference[i] = reported == null ? Double.NaN : difference(lines.liquidationPrice(i), reported);
            confirms &= !(difference[i] > tolerance);
        }
        return new VenueCheck(difference, tolerance, confirms);
    }

    private static boolean reportsAnyLine(List<OpenPosition> positions) {
        for (OpenPosition position : positions) {
            if (reportedLine(position) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether ours are used: nothing is reported, or all that is agrees with ours. */
    public boolean confirms() {
        return confirms;
    }

    /** Whether a position's two prices could be compared. */
    public boolean isCompared(int position) {
        return position < difference.length && !Double.isNaN(difference[position]);
    }

    /** Whether they differ by more than the tolerance. */
    public boolean isApart(int position) {
        return isCompared(position) && difference[position] > tolerance;
    }

    /** Relative difference of a position's two prices, >= 0; NaN where they could not be compared. */
    public double difference(int position) {
        return position < difference.length ? difference[position] : Double.NaN;
    }

    /** Relative to the venue's; 1 where we find no price at all. */
    private static double difference(double ours, double venues) {
        return Double.isNaN(ours) ? 1 : Math.abs(ours / venues - 1);
    }

    private static @Nullable Double reportedLine(OpenPosition position) {
        OpenPosition.VenueLine line = position.venueLine();
        return line == null ? null : line.price();
    }

    private static @Nullable Double reportedMark(OpenPosition position) {
        OpenPosition.VenueLine line = position.venueLine();
        return line == null ? null : line.markPrice();
    }

    /** The marks that the venue reported with its liquidation prices; all assets at what their records say. */
    private record VenuePrices(MarginPool pool) implements Prices {

        @Override
        public double price(String market) {
            for (OpenPosition position : pool.positions()) {
                Double mark = reportedMark(position);
                if (mark != null && position.market().equals(market)) {
                    return mark;
                }
            }
            return Double.NaN;
        }

        /** As the cash is valued, so that a stablecoin that is not a dollar cancels out as it does at the venue. */
        @Override
        public double quoteUsd(String market) {
            for (OpenPosition position : pool.positions()) {
                if (position.market().equals(market)) {
                    return pool.recordedUsd(position.contract().settleAsset());
                }
            }
            return 1;
        }
    }
}
