package io.plimsoll.benchmarks;

import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What commits cost so far, by the engine's own account.
 *
 * @param atNanos when this was so
 * @param commits number, over all threads
 * @param nanos time that threads have waited in them: until all is written, with offsets and the transaction
 */
record CommitTimes(long atNanos, double commits, double nanos) {

    private static final List<String> WAITS = List.of(
            "flush-time-ns-total",
            "txn-begin-time-ns-total",
            "txn-send-offsets-time-ns-total",
            "txn-commit-time-ns-total");

    static CommitTimes of(KafkaStreams streams) {
        double waits = 0;
        for (String wait : WAITS) {
            waits += sum(streams, "producer-metrics", wait);
        }
        return new CommitTimes(System.nanoTime(), sum(streams, "stream-thread-metrics", "commit-total"), waits);
    }

    private static double sum(KafkaStreams streams, String group, String name) {
        return streams.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().group().equals(group)
                        && entry.getKey().name().equals(name))
                .mapToDouble(entry -> ((Number) entry.getValue().metricValue()).doubleValue())
                .sum();
    }

    double perSecondSince(CommitTimes before) {
        return (commits - before.commits) / (atNanos - before.atNanos) * 1e9;
    }

    /** Mean wait in a commit, milliseconds. */
    double meanMsSince(CommitTimes before) {
        return (nanos - before.nanos) / (commits - before.commits) / 1e6;
    }
}
