package io.plimsoll.benchmarks;

import org.apache.kafka.streams.KafkaStreams;

/** What a stream thread spends its time on, by the engine's own account of the last minute or so. */
record ThreadTimes(double commitMs, double longestCommitMs, double commitsPerSecond, double longestPunctuationMs) {

    private static final String GROUP = "stream-thread-metrics";

    static ThreadTimes of(KafkaStreams streams) {
        return new ThreadTimes(
                largest(streams, "commit-latency-avg"),
                largest(streams, "commit-latency-max"),
                largest(streams, "commit-rate"),
                largest(streams, "punctuate-latency-max"));
    }

    /** Over the threads. */
    private static double largest(KafkaStreams streams, String name) {
        return streams.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().group().equals(GROUP)
                        && entry.getKey().name().equals(name))
                .mapToDouble(entry -> ((Number) entry.getValue().metricValue()).doubleValue())
                .max()
                .orElseThrow();
    }
}
