package io.plimsoll.server.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetterReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How old the newest input of what is published is at that moment, by topic, and dead letters by reason. A record's
 * timestamp is the event time of the newest input in it, and live inputs carry the time of the event: so this is the time
 * from an event to what follows from it, to the moment when it is handed to Kafka.
 */
public final class PublishedMeters implements MeterBinder {

    /** In Confluent's wire format a magic byte and four of the schema's id come first; the reason is the first field. */
    private static final int REASON_AT = 5;

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private volatile Map<String, Timer> latencies = Map.of();
    private volatile Counter[] deadLetters = {};

    PublishedMeters() {}

    @Override
    public void bindTo(MeterRegistry registry) {
        Map<String, Timer> timers = new HashMap<>();
        for (Topic<?> topic : Topics.inUse()) {
            if (topic.direction() == Topic.Direction.OUT && !topic.name().equals(Topics.DEAD_LETTERS.name())) {
                timers.put(
                        topic.name(),
                        Timer.builder("plimsoll.end.to.end.latency")
                                .description("Age of the newest input in a record at the moment it is published")
                                .tag("topic", topic.name())
                                .serviceLevelObjectives(BUCKETS)
                                .register(registry));
            }
        }
        latencies = Map.copyOf(timers);
        DeadLetterReason[] reasons = DeadLetterReason.values();
        Counter[] counters = new Counter[reasons.length];
        for (DeadLetterReason reason : reasons) {
            counters[reason.ordinal()] = Counter.builder("plimsoll.dead.letters")
                    .description("Records that could not be used and were written to the dead letters by this instance")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        deadLetters = counters;
    }

    /** A record is handed to Kafka. Per record this looks into one map and counts; nothing is allocated. */
    void published(String topic, long eventTimeMs, byte[] value, long nowMs) {
        Timer latency = latencies.get(topic);
        if (latency != null) {
            latency.record(Math.max(0, nowMs - eventTimeMs), TimeUnit.MILLISECONDS);
        } else if (topic.equals(Topics.DEAD_LETTERS.name())) {
            Counter[] counters = deadLetters;
            // An Avro enum is its place in the list, as a variable-length number whose lowest bit is the sign.
            int reason = value.length > REASON_AT ? value[REASON_AT] >> 1 : -1;
            if (reason >= 0 && reason < counters.length) {
                counters[reason].increment();
            }
        }
    }
}
