package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import java.util.function.ToDoubleFunction;

/** Metrics of an order book's depth. Between two bands of a report the quantity is taken to rise evenly. */
final class DepthMetrics {

    private static final int[] DISTANCES_PERCENT = {1, 2, 5};

    static final MetricGroup<Depth> GROUP = group();

    private DepthMetrics() {}

    private static MetricGroup<Depth> group() {
        MetricGroup<Depth> group = new MetricGroup<>("depth");
        for (int percent : DISTANCES_PERCENT) {
            double distance = percent / 100.0;
            group.add(
                            "bidDepth" + percent,
                            Unit.BASE_UNITS,
                            "levels.bidQuantity",
                            "Bid within that many percent of mid; not known beyond the last band.",
                            depth -> within(depth, distance, DepthLevel::getBidQuantity))
                    .add(
                            "askDepth" + percent,
                            Unit.BASE_UNITS,
                            "levels.askQuantity",
                            "Offered within that many percent of mid; not known beyond the last band.",
                            depth -> within(depth, distance, DepthLevel::getAskQuantity));
        }
        return group;
    }

    private static double within(Depth depth, double distance, ToDoubleFunction<DepthLevel> quantity) {
        double fromDistance = 0;
        double fromQuantity = 0;
        for (DepthLevel level : depth.getLevels()) {
            double toQuantity = quantity.applyAsDouble(level);
            if (level.getDistance() >= distance) {
                double part = (distance - fromDistance) / (level.getDistance() - fromDistance);
                return fromQuantity + part * (toQuantity - fromQuantity);
            }
            fromDistance = level.getDistance();
            fromQuantity = toQuantity;
        }
        return Double.NaN;
    }
}
