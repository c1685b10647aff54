package io.plimsoll.benchmarks;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.AvroSerializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * (d) What one would write first: a table of positions joined with a table of prices, grouped by market, and added up.
 * Each tick of a market touches all of its positions. Its numbers are doubles, it knows isolated margin only.
 */
final class NaiveTopology {

    static final String OUT = "bench-naive-out";

    /** A position at its price, and the sum of such. */
    record Exposure(double notionalUsd, double equityUsd, long positions) {

        static final Exposure NONE = new Exposure(0, 0, 0);
        private static final int BYTES = 2 * Double.BYTES + Long.BYTES;

        static Exposure of(Position position, Price price) {
            double size = position.getSize();
            double mark = price.getMarkPrice();
            Double isolated = position.getIsolatedMargin();
            return new Exposure(
                    Math.abs(size) * mark,
                    size * (mark - position.getEntryPrice()) + (isolated == null ? 0 : isolated),
                    1);
        }

        Exposure plus(Exposure other, int sign) {
            return new Exposure(
                    notionalUsd + sign * other.notionalUsd,
                    equityUsd + sign * other.equityUsd,
                    positions + sign * other.positions);
        }

        static Serde<Exposure> serde() {
            return Serdes.serdeFrom(
                    (topic, exposure) -> exposure == null
                            ? null
                            : ByteBuffer.allocate(BYTES)
                                    .putDouble(exposure.notionalUsd)
                                    .putDouble(exposure.equityUsd)
                                    .putLong(exposure.positions)
                                    .array(),
                    (topic, bytes) -> {
                        if (bytes == null) {
                            return null;
                        }
                        ByteBuffer buffer = ByteBuffer.wrap(bytes);
                        return new Exposure(buffer.getDouble(), buffer.getDouble(), buffer.getLong());
                    });
        }
    }

    private NaiveTopology() {}

    static Topology build(SchemaRegistryClient registry) {
        Serde<Position> position = perThread(registry, Position.class);
        Serde<Price> price = perThread(registry, Price.class);
        StreamsBuilder builder = new StreamsBuilder();
        KTable<String, Position> positions = builder.table(
                Topics.POSITIONS.name(),
                Consumed.with(Serdes.String(), position),
                inMemory("naive-positions", position));
        KTable<String, Price> prices = builder.table(
                Topics.PRICES.name(), Consumed.with(Serdes.String(), price), inMemory("naive-prices", price));
        positions
                .join(
                        prices,
                        held -> Keys.market(held.getVenue(), held.getSymbol()),
                        Exposure::of,
                        inMemory("naive-exposures", Exposure.serde()))
                .groupBy(
                        (key, exposure) -> KeyValue.pair(marketOf(key), exposure),
                        Grouped.with(Serdes.String(), Exposure.serde()))
                .aggregate(
                        () -> Exposure.NONE,
                        (market, added, sum) -> sum.plus(added, 1),
                        (market, removed, sum) -> sum.plus(removed, -1),
                        inMemory("naive-markets", Exposure.serde()))
                .toStream()
                .to(OUT, Produced.with(Serdes.String(), Exposure.serde()));
        return builder.build();
    }

    /** Stores ask for a serializer with every record: to make one each time would slow the baseline down for nothing. */
    private static <T extends SpecificRecord> Serde<T> perThread(SchemaRegistryClient registry, Class<T> type) {
        ThreadLocal<AvroSerializer<T>> serializers =
                ThreadLocal.withInitial(() -> new AvroSerializer<>(registry, type));
        ThreadLocal<AvroDeserializer<T>> deserializers =
                ThreadLocal.withInitial(() -> new AvroDeserializer<>(registry, type));
        return Serdes.serdeFrom(
                (topic, record) -> serializers.get().serialize(topic, record),
                (topic, bytes) -> deserializers.get().deserialize(topic, bytes));
    }

    private static <T> Materialized<String, T, KeyValueStore<Bytes, byte[]>> inMemory(String name, Serde<T> values) {
        return Materialized.<String, T>as(Stores.inMemoryKeyValueStore(name))
                .withKeySerde(Serdes.String())
                .withValueSerde(values);
    }

    private static String marketOf(String positionKey) {
        return Keys.market(BenchMarkets.VENUE, positionKey.substring(positionKey.lastIndexOf(Keys.SEPARATOR) + 1));
    }
}
