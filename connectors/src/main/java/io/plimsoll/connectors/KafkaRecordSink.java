package io.plimsoll.connectors;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to Kafka: keys as UTF-8, values as Avro of their topic's type through the schema registry. Sending is
 * asynchronous; a failure is thrown by the next {@link #write}, {@link #flush} or {@link #close}.
 */
public final class KafkaRecordSink implements RecordSink {

    private final Producer<byte[], byte[]> producer;
    private final AvroSerdes serdes;
    private final Map<String, TopicWriter<?>> writerByTopic = new HashMap<>();
    private final Map<String, Integer> partitionsByTopic = new HashMap<>();
    private final AtomicReference<@Nullable RecordSinkException> failure = new AtomicReference<>();

    /**
     * A sink with a producer of its own.
     *
     * @param kafkaConfig Kafka client settings, at least {@code bootstrap.servers}; they win over this sink's own
     */
    public KafkaRecordSink(Map<String, ?> kafkaConfig, SchemaRegistryClient registry) {
        this(new KafkaProducer<>(producerConfig(kafkaConfig)), registry);
    }

    /** A sink over the given producer, which it closes with itself. */
    public KafkaRecordSink(Producer<byte[], byte[]> producer, SchemaRegistryClient registry) {
        this.producer = producer;
        this.serdes = new AvroSerdes(registry);
    }

    private static Map<String, Object> producerConfig(Map<String, ?> kafkaConfig) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "plimsoll-feed");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
        config.putAll(kafkaConfig);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }

    @Override
    public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
        throwFailure();
        TopicWriter<?> writer = writerByTopic.computeIfAbsent(topic, this::writerOf);
        byte[] bytes = writer.serialize(value);
        try {
            producer.send(
                    new ProducerRecord<>(topic, null, timestampMs, key.getBytes(StandardCharsets.UTF_8), bytes),
                    (metadata, error) -> {
                        if (error != null) {
                            failure.compareAndSet(null, failed(topic, key, error));
                        }
                    });
        } catch (KafkaException e) {
            throw failed(topic, key, e);
        }
    }

    /**
     * Writes a replay's mark on every partition of a topic, behind what was written there before.
     *
     * @param topic full name of a topic of the catalogue
     * @param upToMs as in {@link ReplayMark}
     * @param timestampMs of the record, epoch milliseconds
     * @throws RecordSinkException if an earlier record cannot be written
     */
    public void mark(String topic, long upToMs, long timestampMs) {
        throwFailure();
        try {
            int partitions = partitionsByTopic.computeIfAbsent(
                    topic, name -> producer.partitionsFor(name).size());
            List<Header> headers = List.of(new ReplayMark(upToMs, partitions).header());
            for (int partition = 0; partition < partitions; partition++) {
                producer.send(
                        new ProducerRecord<>(topic, partition, timestampMs, ReplayMark.key(), null, headers),
                        (metadata, error) -> {
                            if (error != null) {
                                failure.compareAndSet(null, failed(topic, "of a mark", error));
                            }
                        });
            }
        } catch (KafkaException e) {
            throw failed(topic, "of a mark", e);
        }
    }

    @Override
    public void flush() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close();
        throwFailure();
    }

    private void throwFailure() {
        RecordSinkException failed = failure.getAndSet(null);
        if (failed != null) {
            throw failed;
        }
    }

    private static RecordSinkException failed(String topic, String key, Exception cause) {
        return new RecordSinkException(
                "cannot write key " + key + " to topic " + topic + ": " + cause.getMessage(), cause);
    }

    private TopicWriter<?> writerOf(String name) {
        Topic<?> topic = Topics.named(name)
                .filter(known -> known.name().equals(name))
                .orElseThrow(() -> new IllegalArgumentException("topic " + name + " is not in the catalogue"));
        return TopicWriter.of(topic, serdes);
    }

    /** A topic's serializer, with the check that a value is of the topic's type. */
    private record TopicWriter<V extends SpecificRecord>(String topic, Class<V> type, Serializer<V> serializer) {

        static <V extends SpecificRecord> TopicWriter<V> of(Topic<V> topic, AvroSerdes serdes) {
            return new TopicWriter<>(
                    topic.name(), topic.valueType(), serdes.of(topic).serializer());
        }

        byte @Nullable [] serialize(@Nullable SpecificRecord value) {
            if (value == null) {
                return null;
            }
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException("topic " + topic + " holds " + type.getSimpleName() + ", not "
                        + value.getClass().getSimpleName());
            }
            return serializer.serialize(topic, type.cast(value));
        }
    }
}
