package io.plimsoll.benchmarks.jmh;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.AvroSerializer;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Our serdes beside Confluent's, which write the same bytes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
@SuppressWarnings("NullAway") // serializers give null for null only
public class SerdeBenchmark {

    static {
        AvroSerdes.trustOwnRecords();
    }

    private static final String POSITIONS = Topics.POSITIONS.name();
    private static final String PRICES = Topics.PRICES.name();
    private static final Map<String, Object> CONFLUENT =
            Map.of("schema.registry.url", "mock://unused", "specific.avro.reader", true);

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final Position position = new Position(
            "bench",
            "0x8f3cf7ad23cd3cadbd9735aff958023239c6a063",
            "M7",
            -123.456,
            1_487.25,
            MarginMode.CROSS,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    private final Price price =
            new Price("bench", "M7", 1_490.5, 1_490.6, 0.000_012_5, 1.0, 671_022.5, 1.0, null, null);

    private final AvroSerializer<Position> positionWriter = new AvroSerializer<>(registry, Position.class);
    private final AvroDeserializer<Position> positionReader = new AvroDeserializer<>(registry, Position.class);
    private final AvroSerializer<Price> priceWriter = new AvroSerializer<>(registry, Price.class);
    private final AvroDeserializer<Price> priceReader = new AvroDeserializer<>(registry, Price.class);
    private final KafkaAvroSerializer confluentWriter = new KafkaAvroSerializer(registry, CONFLUENT);
    private final KafkaAvroDeserializer confluentReader = new KafkaAvroDeserializer(registry, CONFLUENT);
    private final Serde<RoutedRecord> internal = InternalSerdes.of(RoutedRecord.class);

    private final byte[] positionBytes = positionWriter.serialize(POSITIONS, position);
    private final byte[] priceBytes = priceWriter.serialize(PRICES, price);
    private final RoutedRecord routed = new RoutedRecord(
            RecordKind.PRICE,
            "bench:M7",
            1_767_225_600_000L,
            3,
            123_456_789L,
            ByteBuffer.wrap(priceBytes),
            List.of(new Tick("bench:M7", 1_767_225_600_000L, 1_490.5, 1_490.6, 1.0, false, null, null, null, null)));
    private final byte[] routedBytes = internal.serializer().serialize("", routed);

    @Benchmark
    public byte[] positionWrite() {
        return positionWriter.serialize(POSITIONS, position);
    }

    @Benchmark
    public byte[] positionWriteConfluent() {
        return confluentWriter.serialize(POSITIONS, position);
    }

    @Benchmark
    public Position positionRead() {
        return positionReader.deserialize(POSITIONS, positionBytes);
    }

    @Benchmark
    public Object positionReadConfluent() {
        return confluentReader.deserialize(POSITIONS, positionBytes);
    }

    @Benchmark
    public byte[] priceWrite() {
        return priceWriter.serialize(PRICES, price);
    }

    @Benchmark
    public byte[] priceWriteConfluent() {
        return confluentWriter.serialize(PRICES, price);
    }

    @Benchmark
    public Price priceRead() {
        return priceReader.deserialize(PRICES, priceBytes);
    }

    @Benchmark
    public Object priceReadConfluent() {
        return confluentReader.deserialize(PRICES, priceBytes);
    }

    /** As a store does it: the serde is asked for its serializer with each record. */
    @Benchmark
    public byte[] internalWrite() {
        return internal.serializer().serialize("", routed);
    }

    /** As a store does it: the serde is asked for its deserializer with each record. */
    @Benchmark
    public RoutedRecord internalRead() {
        return internal.deserializer().deserialize("", routedBytes);
    }
}
