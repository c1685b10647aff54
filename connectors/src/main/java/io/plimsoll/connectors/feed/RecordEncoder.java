package io.plimsoll.connectors.feed;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Turns records into what Kafka Connect writes: the same bytes as every other writer of the contract's topics. */
public final class RecordEncoder {

    private final AvroSerdes serdes;
    private final Map<String, Encoder<?>> byTopic = new HashMap<>();

    public RecordEncoder(SchemaRegistryClient registry) {
        this.serdes = new AvroSerdes(registry);
    }

    /** @throws io.plimsoll.schemas.RegistryException if the registry does not take the schema */
    public SourceRecord encode(FeedRecord record) {
        Topic<?> topic = record.topic();
        Encoder<?> encoder = byTopic.computeIfAbsent(topic.name(), name -> Encoder.of(topic, serdes));
        return new SourceRecord(
                record.mark().partition(),
                record.mark().offset(),
                topic.name(),
                null,
                Schema.BYTES_SCHEMA,
                record.key().getBytes(StandardCharsets.UTF_8),
                Schema.OPTIONAL_BYTES_SCHEMA,
                encoder.bytes(record.value()),
                record.timestampMs());
    }

    private record Encoder<V extends SpecificRecord>(String topic, Class<V> type, Serializer<V> serializer) {

        static <V extends SpecificRecord> Encoder<V> of(Topic<V> topic, AvroSerdes serdes) {
            return new Encoder<>(
                    topic.name(), topic.valueType(), serdes.of(topic).serializer());
        }

        byte @Nullable [] bytes(@Nullable SpecificRecord value) {
            return value == null ? null : serializer.serialize(topic, type.cast(value));
        }
    }
}
