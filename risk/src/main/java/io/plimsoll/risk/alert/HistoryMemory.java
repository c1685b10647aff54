package io.plimsoll.risk.alert;

import java.util.List;

/**
 * What a metric was over a window, as it can be stored.
 *
 * @param newest number of the newest bucket
 * @param leftBucket number of the bucket of left
 * @param left newest value that is older than the ring; NaN: none
 * @param values the ring; NaN where nothing was seen
 */
public record HistoryMemory(long newest, long leftBucket, double left, List<Double> values) {

    public HistoryMemory {
        values = List.copyOf(values);
    }
}
