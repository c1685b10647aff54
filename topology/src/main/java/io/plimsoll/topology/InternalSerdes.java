package io.plimsoll.topology;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.GrowingBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Serdes of stores and internal topics: Avro's single-object encoding, which names its schema by fingerprint. State can
 * be read back without asking a registry.
 */
public final class InternalSerdes {

    /** Of the single-object encoding: a marker, then the schema's fingerprint. */
    private static final int MARKER_BYTES = 2;

    private static final int HEADER_BYTES = MARKER_BYTES + Long.BYTES;

    private static final ThreadLocal<GrowingBytes> BYTES = ThreadLocal.withInitial(GrowingBytes::new);

    static {
        AvroSerdes.trustOwnRecords();
    }

    private InternalSerdes() {}

    /** A serde that may be shared: stores ask it for its serializer with every record. */
    public static <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        SpecificData data = new SpecificData(InternalSerdes.class.getClassLoader());
        data.setCustomCoders(true);
        data.setFastReaderEnabled(false); // it would pass the coders by
        Schema schema = AvroSerdes.schemaOf(type);
        BinaryMessageEncoder<T> encoder = new BinaryMessageEncoder<>(data, schema);
        BinaryMessageDecoder<T> decoder = new BinaryMessageDecoder<>(data, schema);
        return Serdes.serdeFrom((topic, record) -> encode(encoder, record), (topic, bytes) -> decode(decoder, bytes));
    }

    /** A serde of records of several types, which are told apart by their schemas' fingerprints. */
    public static Serde<SpecificRecord> ofAny(List<Class<? extends SpecificRecord>> types) {
        Map<Class<?>, Serde<? extends SpecificRecord>> byType = new HashMap<>();
        Map<Long, Serde<? extends SpecificRecord>> byFingerprint = new HashMap<>();
        for (Class<? extends SpecificRecord> type : types) {
            Serde<? extends SpecificRecord> serde = of(type);
            byType.put(type, serde);
            byFingerprint.put(SchemaNormalization.parsingFingerprint64(AvroSerdes.schemaOf(type)), serde);
        }
        return Serdes.serdeFrom(
                (topic, record) -> record == null ? null : encodeAny(byType.get(record.getClass()), record),
                (topic, bytes) -> bytes == null ? null : decodeAny(byFingerprint, bytes));
    }

    @SuppressWarnings("unchecked") // found by the record's own class
    private static <T extends SpecificRecord> byte[] encodeAny(
            @Nullable Serde<? extends SpecificRecord> serde, T record) {
        if (serde == null) {
            throw new SerializationException("records of type " + record.getClass() + " are not for this place");
        }
        return ((Serde<T>) serde).serializer().serialize("", record);
    }

    private static SpecificRecord decodeAny(Map<Long, Serde<? extends SpecificRecord>> byFingerprint, byte[] bytes) {
        long fingerprint = bytes.length < HEADER_BYTES
                ? 0
                : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER_BYTES);
        Serde<? extends SpecificRecord> serde = byFingerprint.get(fingerprint);
        if (serde == null) {
            throw new SerializationException("state of " + bytes.length + " bytes is of no type that belongs here");
        }
        return serde.deserializer().deserialize("", bytes);
    }

    private static <T> byte @Nullable [] encode(BinaryMessageEncoder<T> encoder, @Nullable T record) {
        if (record == null) {
            return null;
        }
        GrowingBytes bytes = BYTES.get();
        bytes.drop(); // what a record that could not be written has left
        try {
            encoder.encode(record, bytes);
            return bytes.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> @Nullable T decode(BinaryMessageDecoder<T> decoder, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return decoder.decode(bytes);
        } catch (IOException e) {
            throw new SerializationException(
                    "state of " + bytes.length + " bytes cannot be read: " + e.getMessage(), e);
        }
    }
}
