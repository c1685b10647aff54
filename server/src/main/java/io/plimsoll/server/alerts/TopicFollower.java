package io.plimsoll.server.alerts;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.RegistryException;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.UnreadableRecordException;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic and goes on reading it: every partition, from its beginning or only its newest records, in no group. What
 * fails is tried again until it is closed.
 */
public final class TopicFollower<V extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final long CHECK_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PARTITIONS_EVERY_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_MS = 1_000;

    /** Takes what is read, on the follower's one thread. */
    public interface Taker<V> {
        /** The value null is a tombstone. */
        void take(String key, int partition, long offset, long timestampMs, @Nullable V value);
    }

    /**
     * How far it is.
     *
     * @param complete true once all has been read that was there at the start
     * @param behind records and transaction marks on the topic that are not read yet, as of checkedAtMs
     * @param checkedAtMs when Kafka last said where the topic ends, epoch milliseconds; 0: never
     * @param trouble why it cannot read at present; null: it can
     */
    public record Progress(
            boolean complete,
            long behind,
            long checkedAtMs,
            @Nullable String trouble) {}

    private final Topic<V> topic;
    private final Taker<V> taker;
    private final long mostAtStart;
    private final Clock clock;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<V> reader;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Progress progress = new Progress(false, 0, 0, null);
    private List<TopicPartition> partitions = List.of();
    private Map<TopicPartition, Long> endsAtStart = Map.of();
    private long lastCheckNs;
    private long lastPartitionsNs;

    /** A follower of the whole topic, as a compacted one is read. */
    public TopicFollower(
            PlimsollConfig config, SchemaRegistryClient registry, Topic<V> topic, Taker<V> taker, Clock clock) {
        this(config, registry, topic, taker, clock, Long.MAX_VALUE);
    }

    /**
     * A follower that leaves out what is old.
     *
     * @param mostAtStart of how many offsets of each partition it begins at most, counted from the end; 0 or more
     */
    public TopicFollower(
            PlimsollConfig config,
            SchemaRegistryClient registry,
            Topic<V> topic,
            Taker<V> taker,
            Clock clock,
            long mostAtStart) {
        this.topic = topic;
        this.taker = taker;
        this.clock = clock;
        this.mostAtStart = mostAtStart;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, StreamsSettings.SOCKET_BUFFER_BYTES);
        settings.putAll(config.kafka());
        String name = topic.name().substring(topic.name().indexOf('.') + 1);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, config.applicationId() + "-" + name + "-reader");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.reader = new AvroSerdes(registry).of(topic).deserializer();
        this.thread = new Thread(this::follow, "plimsoll-" + name + "-reader");
        this.thread.setDaemon(true);
    }

    /** Starts to read. */
    public void start() {
        thread.start();
    }

    public Progress progress() {
        return progress;
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            while (closing.getCount() > 0) {
                readOn();
            }
        }
    }

    /** Reads until something fails. */
    private void readOn() {
        try {
            while (closing.getCount() > 0) {
                findPartitions();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
                check();
            }
        } catch (WakeupException e) {
            LOG.debug("Closed");
        } catch (KafkaException e) {
            LOG.warn("{} cannot be read at present: {}", topic.name(), e.toString());
            progress = new Progress(progress.complete(), progress.behind(), progress.checkedAtMs(), e.toString());
            pause();
        }
    }

    /** Partitions may be added while it runs. */
    private void findPartitions() {
        long nowNs = System.nanoTime();
        if (!partitions.isEmpty() && nowNs - lastPartitionsNs < PARTITIONS_EVERY_NS) {
            return;
        }
        List<TopicPartition> found = consumer.partitionsFor(topic.name(), ANSWER_WITHIN).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (found.isEmpty()) {
            throw new KafkaException("there is no topic " + topic.name());
        }
        lastPartitionsNs = nowNs;
        if (found.size() != partitions.size()) {
            endsAtStart = partitions.isEmpty() ? consumer.endOffsets(found, ANSWER_WITHIN) : endsAtStart;
            consumer.assign(found);
            skipOld();
            partitions = found;
        }
    }

    /** Partitions that come later are read whole. */
    private void skipOld() {
        if (mostAtStart == Long.MAX_VALUE || !partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(endsAtStart.keySet(), ANSWER_WITHIN);
        endsAtStart.forEach((partition, end) ->
                consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - mostAtStart)));
    }

    private void check() {
        long nowNs = System.nanoTime();
        if (progress.complete() && nowNs - lastCheckNs < CHECK_EVERY_NS) {
            return;
        }
        lastCheckNs = nowNs;
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
        long behind = 0;
        boolean complete = true;
        for (TopicPartition partition : partitions) {
            long position = consumer.position(partition, ANSWER_WITHIN);
            behind += Math.max(0, ends.getOrDefault(partition, 0L) - position);
            complete &= position >= endsAtStart.getOrDefault(partition, 0L);
        }
        progress = new Progress(progress.complete() || complete, behind, clock.millis(), null);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        while (closing.getCount() > 0) {
            try {
                if (record.key() != null) {
                    taker.take(
                            new String(record.key(), StandardCharsets.UTF_8),
                            record.partition(),
                            record.offset(),
                            record.timestamp(),
                            record.value() == null ? null : reader.deserialize(record.topic(), record.value()));
                }
                return;
            } catch (UnreadableRecordException e) {
                LOG.warn(
                        "{} partition {} offset {} is passed over: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
                return;
            } catch (RegistryException e) {
                LOG.warn("{} waits for the schema registry: {}", topic.name(), e.toString());
                progress = new Progress(progress.complete(), progress.behind(), progress.checkedAtMs(), e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (closing.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Closed");
            }
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
