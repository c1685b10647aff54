package io.plimsoll.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Confluent's wire format: a zero byte, the schema's id in four bytes, the Avro record. The bytes are those of
 * Confluent's own serializer, at a fraction of its cost per record.
 *
 * <p>Registers the schema under {@code <topic>-value} when it first meets a topic. May be shared: Kafka Streams hands one
 * serializer of a sink to all its threads.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    static final byte MAGIC = 0;

    private final SchemaRegistryClient registry;
    private final Schema schema;
    private final SpecificDatumWriter<T> writer;
    private final Map<String, Integer> idByTopic = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Buffer> idle = new AtomicReference<>();

    public AvroSerializer(SchemaRegistryClient registry, Class<T> type) {
        this.registry = registry;
        this.schema = AvroSerdes.schemaOf(type);
        this.writer = new SpecificDatumWriter<>(schema, AvroSerdes.fastRecords());
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (record == null) {
            return null;
        }
        int id = idByTopic.computeIfAbsent(topic, this::register);
        Buffer buffer = idle.getAndSet(null);
        if (buffer == null) {
            buffer = new Buffer();
        }
        try {
            byte[] written = buffer.write(id, record, writer);
            idle.set(buffer);
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int register(String topic) {
        try {
            return registry.register(topic + "-value", new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new RegistryException("cannot register the schema of topic " + topic, e);
        }
    }

    /** A buffer that is kept between records, by whoever has taken it. */
    private static final class Buffer {

        private final GrowingBytes bytes = new GrowingBytes();
        private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

        <T> byte[] write(int id, T record, SpecificDatumWriter<T> writer) throws IOException {
            bytes.write(MAGIC);
            bytes.write(id >>> 24);
            bytes.write(id >>> 16);
            bytes.write(id >>> 8);
            bytes.write(id);
            writer.write(record, encoder);
            encoder.flush();
            return bytes.take();
        }
    }
}
