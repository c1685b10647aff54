package io.plimsoll.topology.alerts;

import io.plimsoll.topology.avro.FeedReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How one feed does, over all partitions of its topic. */
final class Feed {

    /** Wall-clock time over which the share of dead letters is taken. */
    private static final long COUNTED_MS = 60_000;

    private final Map<Integer, FeedReport> newestByPartition = new HashMap<>();
    /** Reports of the last minute, the oldest first. */
    private final Deque<FeedReport> counted = new ArrayDeque<>();

    void restore(FeedReport report) {
        newestByPartition.put(report.getPartition(), report);
    }

    void take(FeedReport report) {
        newestByPartition.put(report.getPartition(), report);
        counted.add(report);
    }

    /** Wall-clock time when its last record was read, epoch milliseconds. */
    long lastReadMs() {
        long lastMs = Long.MIN_VALUE;
        for (FeedReport report : newestByPartition.values()) {
            lastMs = Math.max(lastMs, report.getLastReadMs());
        }
        return lastMs;
    }

    /** Event time of its newest record, epoch milliseconds. */
    long newestEventMs() {
        long newestMs = Long.MIN_VALUE;
        for (FeedReport report : newestByPartition.values()) {
            newestMs = Math.max(newestMs, report.getNewestEventMs());
        }
        return newestMs;
    }

    /** Whether its newest record was new when it was read. Of what is replayed nobody expects that it goes on. */
    boolean isLive() {
        return lastReadMs() - newestEventMs() <= EventClock.LIVE_MS;
    }

    /** @param newestMs event time of the newest record of any live feed */
    FeedReading reading(long newestMs, long nowMs) {
        while (!counted.isEmpty() && counted.peek().getLastReadMs() < nowMs - COUNTED_MS) {
            counted.poll();
        }
        long records = 0;
        long deadLetters = 0;
        for (FeedReport report : counted) {
            records += report.getRecords();
            deadLetters += report.getDeadLetters();
        }
        long skewMs = Long.MIN_VALUE;
        for (FeedReport report : newestByPartition.values()) {
            skewMs = Math.max(skewMs, report.getSkewMs());
        }
        return new FeedReading(
                Math.max(0, nowMs - lastReadMs()),
                Math.max(0, newestMs - newestEventMs()),
                skewMs,
                Double.NaN,
                Double.NaN,
                MetricGroup.share(deadLetters, records));
    }
}
