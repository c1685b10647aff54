package io.plimsoll.topology.alerts;

import io.plimsoll.topology.avro.FeedReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one feed does, over all partitions of its topic. */
final class Feed {

    /** Wall-clock time over which the share of dead letters is taken. */
    private static final long COUNTED_MS = 60_000;

    /** How old a record may be, by the wall clock, that is late and not replayed. */
    private static final long LATE_MS = 3_600_000;

    private final Map<Integer, FeedReport> newestByPartition = new HashMap<>();
    /** What was counted in the last minute, the oldest first. */
    private final Deque<Counted> counted = new ArrayDeque<>();

    private record Counted(long atMs, int records, int deadLetters) {}

    void restore(FeedReport report) {
        newestByPartition.put(report.getPartition(), report);
    }

    void take(FeedReport report, long nowMs) {
        newestByPartition.put(report.getPartition(), report);
        counted.add(new Counted(nowMs, report.getRecords(), report.getDeadLetters()));
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

    /** Whether its newest record was late when it was read, but not so much that it must have been replayed. */
    boolean isLate() {
        return !isLive() && lastReadMs() - newestEventMs() <= LATE_MS;
    }

    /** @param sinceMs since when records are counted, wall-clock time */
    FeedMoment moment(long sinceMs, long nowMs) {
        while (!counted.isEmpty() && counted.peek().atMs() < nowMs - COUNTED_MS) {
            counted.poll();
        }
        long records = 0;
        long deadLetters = 0;
        for (Counted each : counted) {
            records += each.records();
            deadLetters += each.deadLetters();
        }
        long skewMs = Long.MIN_VALUE;
        for (FeedReport report : newestByPartition.values()) {
            skewMs = Math.max(skewMs, report.getSkewMs());
        }
        return new FeedMoment(
                newestEventMs(),
                lastReadMs(),
                isLive(),
                skewMs,
                Math.max(0, Math.min(COUNTED_MS, nowMs - sinceMs)),
                records,
                deadLetters,
                sum(FeedReport::getFrozenMarkets),
                sum(FeedReport::getCrossedMarkets));
    }

    /** Sum over the partitions that say; null where none does. */
    private @Nullable Integer sum(Function<FeedReport, @Nullable Integer> count) {
        Integer sum = null;
        for (FeedReport report : newestByPartition.values()) {
            Integer its = count.apply(report);
            if (its != null) {
                sum = sum == null ? its : sum + its;
            }
        }
        return sum;
    }
}
