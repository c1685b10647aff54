package io.plimsoll.topology;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.GrowingBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
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
