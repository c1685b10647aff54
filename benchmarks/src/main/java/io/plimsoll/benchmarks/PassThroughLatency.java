package io.plimsoll.benchmarks;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Position;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the engine itself takes: records through plain Kafka Streams with one repartition, under a load, from the moment one
 * is due to be sent until a reader of committed records has it.
 */
final class PassThroughLatency {

    private static final String APPLICATION = "bench-pass-latency";
    private static final String PROBE = "probe-";
    private static final int NO_LINGER_MS = 0;
    private static final int LOAD_LINGER_MS = 5;
    private static final int ACCOUNTS = 1_000;
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private final Map<String, Long> dueByKey = new ConcurrentHashMap<>();
    private final Histogram nanos = new Histogram(HIGHEST_NANOS, 3);
    private final SplittableRandom random = new SplittableRandom(5);
    private long countFromNanos;

    private PassThroughLatency() {}

    /**
     * Nanoseconds.
     *
     * @param perSecond load beside the probes
     * @param countedSeconds how long the last part lasts that counts
     */
    static Histogram measure(
            BenchBroker broker,
            BenchOptions options,
            Map<String, String> streams,
            double perSecond,
            double seconds,
            double countedSeconds) {
        broker.removeTopics();
        broker.createTopics(PassThrough.IN, PassThrough.OUT);
        PassThroughLatency latency = new PassThroughLatency();
        try (PlainStreams running = PlainStreams.start(
                        broker, PassThrough.topology(options.partitions()), APPLICATION, options.threads(), streams);
                CommittedReader reader = new CommittedReader(broker, PassThrough.OUT, latency::take);
                RecordLoader load = new RecordLoader(broker, LOAD_LINGER_MS);
                RecordLoader probes = new RecordLoader(broker, NO_LINGER_MS)) {
            latency.send(load, probes, perSecond, seconds, countedSeconds);
            Waiting.until("all probes have come through", () -> {
                running.requireAlive();
                return latency.dueByKey.isEmpty();
            });
        }
        return latency.nanos;
    }

    private void send(RecordLoader load, RecordLoader probes, double perSecond, double seconds, double countedSeconds) {
        long started = System.nanoTime();
        long end = started + (long) (seconds * 1e9);
        countFromNanos = end - (long) (countedSeconds * 1e9);
        long probeDue = started;
        int probe = 0;
        for (long i = 0; ; i++) {
            long due = started + (long) (i * 1e9 / perSecond);
            while (probeDue <= due && probeDue < end) {
                Pace.until(probeDue);
                Position position = BenchAccount.number(0).positions().get(0);
                Position probing = Position.newBuilder(position)
                        .setAccount(PROBE + probe++)
                        .build();
                dueByKey.put(key(probing), probeDue);
                probes.positionTo(PassThrough.IN, probing, System.currentTimeMillis());
                probeDue += (long) (-Math.log1p(-random.nextDouble()) / AlertProbes.PER_SECOND * 1e9);
            }
            if (due >= end) {
                break;
            }
            Pace.untilAbout(due);
            BenchAccount account = BenchAccount.number(random.nextInt(ACCOUNTS));
            load.positionTo(PassThrough.IN, account.resized(random), System.currentTimeMillis());
        }
        load.flush();
        probes.flush();
    }

    private static String key(Position position) {
        return Keys.position(position.getVenue(), position.getAccount(), position.getSymbol());
    }

    private void take(ConsumerRecord<byte[], byte[]> record, long atNanos) {
        Long due = dueByKey.remove(new String(record.key(), StandardCharsets.UTF_8));
        if (due != null && due >= countFromNanos) {
            nanos.recordValue(atNanos - due);
        }
    }
}
