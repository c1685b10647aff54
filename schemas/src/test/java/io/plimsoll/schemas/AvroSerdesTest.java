package io.plimsoll.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.plimsoll.schemas.avro.MarketState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroSerdesTest {

    private static final int RECORDS = 200;
    private static final int THREADS = 4;
    private static final int ROUNDS = 50;

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    <T extends SpecificRecord> void shouldWriteWhatConfluentWritesAndReadWhatItReads(Topic<T> topic) {
        long seed = topic.name().hashCode();
        RandomRecords records = new RandomRecords(seed);
        Map<String, Object> config = Map.of("schema.registry.url", "mock://not-asked", "specific.avro.reader", true);
        try (Serde<T> ours = new AvroSerdes(registry).of(topic);
                KafkaAvroSerializer theirSerializer = new KafkaAvroSerializer(registry, config);
                KafkaAvroDeserializer theirDeserializer = new KafkaAvroDeserializer(registry, config)) {
            for (int i = 0; i < RECORDS; i++) {
                T record = records.next(topic.valueType());

                byte[] ourBytes = ours.serializer().serialize(topic.name(), record);
                byte[] theirBytes = theirSerializer.serialize(topic.name(), record);

                assertThat(ourBytes).describedAs("seed %s, record %s", seed, i).isEqualTo(theirBytes);
                // Compared as bytes again: a record with NaN in it does not equal itself.
                assertThat(theirSerializer.serialize(
                                topic.name(), theirDeserializer.deserialize(topic.name(), ourBytes)))
                        .isEqualTo(ourBytes);
                T read = ours.deserializer().deserialize(topic.name(), theirBytes);
                assertThat(read).isInstanceOf(topic.valueType());
                assertThat(ours.serializer().serialize(topic.name(), read)).isEqualTo(ourBytes);
            }
        }
    }

    @Test
    void shouldWriteWholeRecordsWhenThreadsShareASerializer() {
        RandomRecords records = new RandomRecords(20_261_121);
        List<MarketState> states = IntStream.range(0, RECORDS)
                .mapToObj(i -> records.next(MarketState.class))
                .toList();
        try (Serde<MarketState> serde = new AvroSerdes(registry).of(Topics.MARKET_STATE)) {
            Serializer<MarketState> shared = serde.serializer();
            List<byte[]> alone = states.stream()
                    .map(state -> shared.serialize(Topics.MARKET_STATE.name(), state))
                    .toList();

            List<Integer> torn = IntStream.range(0, THREADS * ROUNDS)
                    .parallel()
                    .flatMap(round -> IntStream.range(0, RECORDS)
                            .filter(i -> !Arrays.equals(
                                    alone.get(i), shared.serialize(Topics.MARKET_STATE.name(), states.get(i)))))
                    .boxed()
                    .toList();

            assertThat(torn).isEmpty();
        }
    }

    @Test
    void shouldKeepTombstones() {
        try (Serde<?> serde = new AvroSerdes(registry).of(Topics.POSITIONS)) {
            assertThat(serde.serializer().serialize(Topics.POSITIONS.name(), null))
                    .isNull();
            assertThat(serde.deserializer().deserialize(Topics.POSITIONS.name(), null))
                    .isNull();
        }
    }

    @Test
    void shouldNotMixUpSerializersOfOneSerde() {
        try (Serde<io.plimsoll.schemas.avro.Price> serde = new AvroSerdes(registry).of(Topics.PRICES)) {
            assertThat(serde.serializer()).isNotSameAs(serde.serializer());
            assertThat(serde.deserializer()).isNotSameAs(serde.deserializer());
        }
    }
}
