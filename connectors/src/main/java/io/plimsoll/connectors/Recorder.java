package io.plimsoll.connectors;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Copies topics of a Kafka cluster, from their beginning, to a sink. Partitions are merged by event time as far as they
 * are there to be read; within a partition the order is its own. Reads committed records only, joins no consumer group.
 */
public final class Recorder {

    /**
     * What was recorded.
     *
     * @param records written
     * @param unreadable records passed over because a recording cannot hold them: bytes that are no value of their topic,
     *     or no key
     * @param firstUnreadable where the first of these is and why; null if there is none
     */
    public record Result(
            long records, long unreadable, @Nullable String firstUnreadable) {}

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_BUFFERED = 5_000;

    private final Consumer<byte[], byte[]> consumer;
    private final RecordSink sink;
    private final Map<String, Deserializer<? extends SpecificRecord>> deserializerByTopic = new LinkedHashMap<>();
    private final Map<TopicPartition, Buffer> buffers = new LinkedHashMap<>();
    private long records;
    private long unreadable;
    private @Nullable String firstUnreadable;

    public Recorder(
            Consumer<byte[], byte[]> consumer, SchemaRegistryClient registry, List<Topic<?>> topics, RecordSink sink) {
        this.consumer = consumer;
        this.sink = sink;
        AvroSerdes serdes = new AvroSerdes(registry);
        for (Topic<?> topic : topics) {
            deserializerByTopic.put(topic.name(), serdes.of(topic).deserializer());
        }
    }

    /** A consumer as this recorder needs it; the given settings win except where reading depends on them. */
    public static Consumer<byte[], byte[]> consumer(Map<String, ?> kafkaConfig) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "plimsoll-recorder");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.putAll(kafkaConfig);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Records until told to stop or, if {@code untilNow}, until what was there at the start is written. Flushes the sink.
     *
     * @throws InputException if a topic does not exist
     */
    public Result run(boolean untilNow, BooleanSupplier stop) {
        List<TopicPartition> partitions = partitions();
        partitions.forEach(partition -> buffers.put(
                partition, new Buffer(partition, Objects.requireNonNull(deserializerByTopic.get(partition.topic())))));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = untilNow ? consumer.endOffsets(partitions) : Map.of();
        while (!stop.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                Buffer buffer = buffers.get(partition);
                boolean mark = ReplayMark.of(record.key(), record.headers()) != null;
                if (buffer != null && !mark && record.offset() < ends.getOrDefault(partition, Long.MAX_VALUE)) {
                    buffer.records.add(record);
                }
            }
            boolean atEnd = untilNow && isAtEnd(ends);
            drain(ends, atEnd);
            holdBackFullBuffers();
            if (atEnd) {
                break;
            }
        }
        sink.flush();
        return new Result(records, unreadable, firstUnreadable);
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : deserializerByTopic.keySet()) {
            List<PartitionInfo> infos = consumer.partitionsFor(topic);
            if (infos == null || infos.isEmpty()) {
                throw new InputException("topic " + topic + " does not exist on this cluster");
            }
            infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    private boolean isAtEnd(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Writes the earliest buffered record, as long as no partition might still have an earlier one. */
    private void drain(Map<TopicPartition, Long> ends, boolean atEnd) {
        while (true) {
            Buffer earliest = null;
            long earliestMs = Long.MAX_VALUE;
            for (Buffer buffer : buffers.values()) {
                ConsumerRecord<byte[], byte[]> head = buffer.records.peek();
                if (head == null) {
                    if (!atEnd && mayHaveMore(buffer.partition, ends)) {
                        return;
                    }
                } else if (earliest == null || head.timestamp() < earliestMs) {
                    earliest = buffer;
                    earliestMs = head.timestamp();
                }
            }
            if (earliest == null) {
                return;
            }
            write(earliest.records.remove(), earliest.deserializer);
        }
    }

    private boolean mayHaveMore(TopicPartition partition, Map<TopicPartition, Long> ends) {
        Long end = ends.get(partition);
        if (end != null) {
            return consumer.position(partition) < end;
        }
        return consumer.currentLag(partition).orElse(1) > 0;
    }

    private void holdBackFullBuffers() {
        List<TopicPartition> full = new ArrayList<>();
        List<TopicPartition> others = new ArrayList<>();
        buffers.forEach((partition, buffer) -> (buffer.records.size() >= MOST_BUFFERED ? full : others).add(partition));
        consumer.pause(full);
        consumer.resume(others);
    }

    private void write(ConsumerRecord<byte[], byte[]> record, Deserializer<? extends SpecificRecord> deserializer) {
        try {
            byte[] key = record.key();
            if (key == null) {
                throw new InputException("it has no key");
            }
            SpecificRecord value = deserializer.deserialize(record.topic(), record.value());
            sink.write(record.topic(), new String(key, StandardCharsets.UTF_8), record.timestamp(), value);
            records++;
        } catch (UnreadableRecordException | InputException e) {
            unreadable++;
            if (firstUnreadable == null) {
                firstUnreadable = record.topic() + " partition " + record.partition() + " offset " + record.offset()
                        + ": " + e.getMessage();
            }
        }
    }

    /** What was read of a partition and may not be written yet. */
    private static final class Buffer {

        private final TopicPartition partition;
        private final Deserializer<? extends SpecificRecord> deserializer;
        private final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();

        Buffer(TopicPartition partition, Deserializer<? extends SpecificRecord> deserializer) {
            this.partition = partition;
            this.deserializer = deserializer;
        }
    }
}
