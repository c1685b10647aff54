package io.plimsoll.risk.depth;

import java.util.List;

/**
 * What of a report can be used.
 *
 * @param state why some of it, or all, cannot
 * @param timeMs event time of the report, epoch milliseconds; 0 where there was none
 * @param bids bands of the bid side, by rising distance
 * @param asks bands of the ask side, by rising distance
 * @param leftOut bands left out on both sides, count
 */
public record UsableDepth(DepthState state, long timeMs, List<Level> bids, List<Level> asks, int leftOut) {

    /** Depth that was never reported. */
    public static final UsableDepth NONE = new UsableDepth(DepthState.MISSING, 0, List.of(), List.of(), 0);

    /**
     * Quantity within a distance.
     *
     * @param distance fraction of mid, > 0
     * @param quantity base units, >= 0, cumulative
     */
    public record Level(double distance, double quantity) {}

    public UsableDepth {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    /** Bands of a side, by rising distance. */
    public List<Level> side(BookSide side) {
        return side == BookSide.BID ? bids : asks;
    }

    /**
     * Quantity of a side within a distance, >= 0; between two bands it is taken to rise evenly. NaN beyond the last band.
     *
     * @param distance fraction of mid, > 0
     */
    public double within(BookSide side, double distance) {
        double fromDistance = 0;
        double fromQuantity = 0;
        for (Level level : side(side)) {
            if (level.distance() >= distance) {
                double part = (distance - fromDistance) / (level.distance() - fromDistance);
                return fromQuantity + part * (level.quantity() - fromQuantity);
            }
            fromDistance = level.distance();
            fromQuantity = level.quantity();
        }
        return Double.NaN;
    }

    /** Whether both sides have a band that holds something. */
    public boolean hasBothSides() {
        return holds(bids) && holds(asks);
    }

    private static boolean holds(List<Level> levels) {
        return !levels.isEmpty() && levels.get(levels.size() - 1).quantity() > 0;
    }
}
