package io.plimsoll.schemas;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Confluent's wire format. What cannot be read is told apart: see {@link UnreadableRecordException.Cause}. A
 * registry that does not answer throws {@link RegistryException} instead: the record is not at fault.
 *
 * <p>Not for use by several threads.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private static final int HEADER_BYTES = 5;
    private static final int SCHEMA_NOT_FOUND = 404;

    private final SchemaRegistryClient registry;
    private final Class<T> type;
    private final Schema schema;
    private final Map<Integer, SpecificDatumReader<T>> readerById = new ConcurrentHashMap<>();
    private @Nullable BinaryDecoder decoder;

    public AvroDeserializer(SchemaRegistryClient registry, Class<T> type) {
        this.registry = registry;
        this.type = type;
        this.schema = AvroSerdes.schemaOf(type);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : read(bytes);
    }

    /**
     * Reads a record that is there.
     *
     * @throws UnreadableRecordException where the bytes are no such record
     * @throws RegistryException where the registry does not answer
     */
    public T read(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != AvroSerializer.MAGIC) {
            throw new UnreadableRecordException(
                    UnreadableRecordException.Cause.NOT_AVRO,
                    "value of " + bytes.length + " bytes does not begin with a zero byte and a four-byte schema id");
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        SpecificDatumReader<T> reader = readerById.get(id);
        if (reader == null) {
            reader = readerFor(id);
            readerById.put(id, reader);
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
        T record;
        boolean atEnd;
        try {
            record = reader.read(null, decoder);
            atEnd = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            // Hostile bytes make Avro throw many kinds of exceptions; a length beyond its limits, for one, is an
            // UnsupportedOperationException. Nothing but the bytes can be at fault here.
            throw new UnreadableRecordException(
                    UnreadableRecordException.Cause.NOT_AVRO,
                    "value of " + bytes.length + " bytes is no " + type.getSimpleName() + " of schema id " + id + ": "
                            + e.getMessage());
        }
        if (!atEnd) {
            throw new UnreadableRecordException(
                    UnreadableRecordException.Cause.NOT_AVRO,
                    "value of " + bytes.length + " bytes goes on after the end of its " + type.getSimpleName());
        }
        return record;
    }

    private SpecificDatumReader<T> readerFor(int id) {
        ParsedSchema parsed;
        try {
            parsed = registry.getSchemaById(id);
        } catch (RestClientException e) {
            if (e.getStatus() == SCHEMA_NOT_FOUND) {
                throw unknownSchema(id);
            }
            throw new RegistryException("cannot read schema id " + id, e);
        } catch (IOException e) {
            // Confluent's in-memory client knows no status: it says the id is not there in these words.
            if (String.valueOf(e.getMessage()).contains("Cannot get schema from schema registry")) {
                throw unknownSchema(id);
            }
            throw new RegistryException("cannot read schema id " + id, e);
        }
        if (!(parsed.rawSchema() instanceof Schema writerSchema)
                || !writerSchema.getFullName().equals(schema.getFullName())
                || SchemaCompatibility.checkReaderWriterCompatibility(schema, writerSchema)
                                .getType()
                        != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
            throw new UnreadableRecordException(
                    UnreadableRecordException.Cause.WRONG_SCHEMA,
                    "schema id " + id + " is " + parsed.name() + ", allowed is " + schema.getFullName());
        }
        return new SpecificDatumReader<>(writerSchema, schema, AvroSerdes.fastRecords());
    }

    private static UnreadableRecordException unknownSchema(int id) {
        return new UnreadableRecordException(
                UnreadableRecordException.Cause.UNKNOWN_SCHEMA, "schema id " + id + " is not in the registry");
    }
}
