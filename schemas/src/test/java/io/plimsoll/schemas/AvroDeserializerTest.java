package io.plimsoll.schemas;

import static io.plimsoll.schemas.UnreadableRecordException.Cause.NOT_AVRO;
import static io.plimsoll.schemas.UnreadableRecordException.Cause.UNKNOWN_SCHEMA;
import static io.plimsoll.schemas.UnreadableRecordException.Cause.WRONG_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may put into a topic. */
class AvroDeserializerTest {

    private static final String TOPIC = "plimsoll.test";

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));

    /** Writes the part of a record that comes before a hostile length, and the length. */
    private interface Hostile {
        void write(BinaryEncoder encoder) throws IOException;
    }

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void shouldRefuseWhatIsTooShort(int length) {
        assertUnreadable(Price.class, new byte[length], NOT_AVRO);
    }

    @Test
    void shouldRefuseAnotherMagicByte() {
        byte[] bytes = valid(Price.class);
        bytes[0] = 1;

        assertUnreadable(Price.class, bytes, NOT_AVRO);
        assertUnreadable(Price.class, "{\"markPrice\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8), NOT_AVRO);
    }

    @ParameterizedTest
    @ValueSource(ints = {999, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseAnUnknownSchemaId(int id) {
        byte[] bytes = valid(Price.class);
        ByteBuffer.wrap(bytes).putInt(1, id);

        assertUnreadable(Price.class, bytes, UNKNOWN_SCHEMA);
    }

    @Test
    void shouldRefuseAnotherRecordsSchema() {
        assertUnreadable(Price.class, valid(Instrument.class), WRONG_SCHEMA);
    }

    @Test
    void shouldRefuseASchemaThatOursCannotRead() throws Exception {
        ParsedSchema other = new AvroSchema("""
                {"type": "record", "name": "Price", "namespace": "io.plimsoll.schemas.avro",
                 "fields": [{"name": "venue", "type": "int"}]}""");
        int id = registry.register("other-value", other);
        byte[] bytes =
                ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array();

        assertUnreadable(Price.class, bytes, WRONG_SCHEMA);
    }

    @ParameterizedTest
    @MethodSource("topics")
    <T extends SpecificRecord> void shouldRefuseARecordCutOffAnywhere(Topic<T> topic) {
        byte[] bytes = valid(topic.valueType());

        for (int length = 0; length < bytes.length; length++) {
            assertUnreadable(topic.valueType(), Arrays.copyOf(bytes, length), NOT_AVRO);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    <T extends SpecificRecord> void shouldRefuseBytesAfterTheEnd(Topic<T> topic) {
        byte[] bytes = valid(topic.valueType());

        assertUnreadable(topic.valueType(), Arrays.copyOf(bytes, bytes.length + 1), NOT_AVRO);
        assertUnreadable(topic.valueType(), Arrays.copyOf(bytes, bytes.length + 1000), NOT_AVRO);
    }

    @ParameterizedTest
    @MethodSource("topics")
    <T extends SpecificRecord> void shouldReadOrRefuseAnyChangedByte(Topic<T> topic) {
        byte[] bytes = valid(topic.valueType());
        try (AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, topic.valueType())) {
            for (int at = 5; at < bytes.length; at++) {
                for (int change : new int[] {0x01, 0x80, 0x7f, 0xff}) {
                    byte[] changed = bytes.clone();
                    changed[at] ^= (byte) change;
                    try {
                        assertThat(deserializer.deserialize(TOPIC, changed)).isInstanceOf(topic.valueType());
                    } catch (UnreadableRecordException e) {
                        assertThat(e.reason()).isEqualTo(NOT_AVRO);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 30, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void shouldRefuseAHostileLengthOfAText(long length) {
        assertHostile(Price.class, encoder -> encoder.writeLong(length));
        assertHostile(MarketState.class, encoder -> {
            encoder.writeString("v");
            encoder.writeLong(length);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 30, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldRefuseAHostileCountOfItems(long count) {
        assertHostile(Instrument.class, encoder -> {
            instrumentUpToTiers(encoder);
            encoder.writeLong(count);
        });
        assertHostile(Scenario.class, encoder -> {
            encoder.writeString("id");
            encoder.writeLong(0);
            encoder.writeLong(count);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, 1L << 30, 1L << 40, Long.MAX_VALUE - 1})
    void shouldRefuseAHostileCountThatSaysItsSizeInBytes(long count) {
        assertHostile(Instrument.class, encoder -> {
            instrumentUpToTiers(encoder);
            encoder.writeLong(-count);
            encoder.writeLong(16);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 30, 1L << 40, -1})
    void shouldRefuseAHostileLengthOfBytes(long length) {
        assertHostile(DeadLetter.class, encoder -> {
            encoder.writeEnum(0);
            encoder.writeString("why");
            encoder.writeString("topic");
            encoder.writeInt(0);
            encoder.writeLong(0);
            encoder.writeLong(0);
            encoder.writeIndex(1);
            encoder.writeLong(length);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 99, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseAnEnumOrUnionBranchThatIsNot(int index) {
        assertHostile(Alert.class, encoder -> {
            encoder.writeString("id");
            encoder.writeString("rule");
            encoder.writeString("subject");
            encoder.writeEnum(index);
        });
        assertHostile(Price.class, encoder -> {
            encoder.writeString("v");
            encoder.writeString("s");
            encoder.writeDouble(1);
            encoder.writeIndex(index);
        });
        assertHostile(Rule.class, encoder -> {
            encoder.writeString("id");
            encoder.writeString("metric");
            encoder.writeString("*");
            encoder.writeEnum(index);
        });
    }

    @Test
    void shouldReadOnAfterAnUnreadableRecord() {
        byte[] bytes = valid(Price.class);
        try (AvroDeserializer<Price> deserializer = new AvroDeserializer<>(registry, Price.class)) {
            assertThatExceptionOfType(UnreadableRecordException.class)
                    .isThrownBy(() -> deserializer.deserialize(TOPIC, Arrays.copyOf(bytes, 9)));

            assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(new RandomRecords(7).next(Price.class));
        }
    }

    private static void instrumentUpToTiers(BinaryEncoder encoder) throws IOException {
        encoder.writeString("v");
        encoder.writeString("s");
        encoder.writeEnum(0);
        encoder.writeString("b");
        encoder.writeString("q");
        encoder.writeString("s");
        encoder.writeDouble(1);
        encoder.writeInt(0);
    }

    private <T extends SpecificRecord> void assertHostile(Class<T> type, Hostile hostile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Arrays.copyOf(valid(type), 5));
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            hostile.write(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        bytes.writeBytes(new byte[16]);
        assertUnreadable(type, bytes.toByteArray(), NOT_AVRO);
    }

    private <T extends SpecificRecord> byte[] valid(Class<T> type) {
        try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, type)) {
            byte[] bytes = serializer.serialize(TOPIC, new RandomRecords(7).next(type));
            assertThat(bytes).hasSizeGreaterThan(5);
            return bytes;
        }
    }

    private <T extends SpecificRecord> void assertUnreadable(
            Class<T> type, byte[] bytes, UnreadableRecordException.Cause reason) {
        try (AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type)) {
            assertThatExceptionOfType(UnreadableRecordException.class)
                    .describedAs("%s of %s bytes", type.getSimpleName(), bytes.length)
                    .isThrownBy(() -> deserializer.deserialize(TOPIC, bytes))
                    .returns(reason, UnreadableRecordException::reason);
        }
    }
}
