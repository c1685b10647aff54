package io.plimsoll.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NestedAsJsonTest {

    private static final Schema METRIC = SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("mean", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .name("Window")
            .version(3)
            .field("subject", Schema.STRING_SCHEMA)
            .field("samples", SchemaBuilder.int32().defaultValue(7).build())
            .field(
                    "coverage",
                    SchemaBuilder.float64().optional().defaultValue(1.0).build())
            .field("metrics", SchemaBuilder.array(METRIC).build())
            .field(
                    "labels",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                            .optional()
                            .build())
            .build();

    private final NestedAsJson<SinkRecord> transformation = new NestedAsJson<>();

    @Test
    void shouldWriteListsMapsAndRecordsAsJsonAndLeaveTheRest() {
        Struct value = new Struct(VALUE)
                .put("subject", "sim:BTC")
                .put("samples", 5)
                .put("metrics", List.of(metric("leverage", 0.1 + 0.2), metric("hhi", null)))
                .put("labels", Map.of("group", "a \"b\""));

        SinkRecord transformed = transformation.apply(record(VALUE, value));

        Struct flat = (Struct) transformed.value();
        assertThat(flat.get("subject")).isEqualTo("sim:BTC");
        assertThat(flat.get("samples")).isEqualTo(5);
        assertThat(flat.get("metrics"))
                .isEqualTo("[{\"name\":\"leverage\",\"mean\":0.30000000000000004},{\"name\":\"hhi\",\"mean\":null}]");
        assertThat(flat.get("labels")).isEqualTo("{\"group\":\"a \\\"b\\\"\"}");
        assertThat(transformed.key()).isEqualTo("k");
        assertThat(transformed.kafkaOffset()).isEqualTo(42);
    }

    @Test
    void shouldNameTheTextAsJsonbAndKeepTheOtherFieldsSchemas() {
        SinkRecord transformed = transformation.apply(record(
                VALUE, new Struct(VALUE).put("subject", "s").put("samples", 1).put("metrics", List.of())));

        Schema flat = transformed.valueSchema();
        assertThat(flat.name()).isEqualTo("Window");
        assertThat(flat.version()).isEqualTo(3);
        assertThat(flat.fields())
                .extracting(Field::name)
                .containsExactly("subject", "samples", "coverage", "metrics", "labels");
        assertThat(flat.field("samples").schema())
                .isEqualTo(VALUE.field("samples").schema());
        assertThat(flat.field("metrics").schema().name()).isEqualTo("io.debezium.data.Json");
        assertThat(flat.field("metrics").schema().parameters()).containsEntry("__debezium.source.column.type", "JSONB");
        assertThat(flat.field("metrics").schema().isOptional()).isFalse();
        assertThat(flat.field("labels").schema().isOptional()).isTrue();
    }

    @Test
    void shouldKeepNullsWhereASchemaHasADefault() {
        Struct value = new Struct(VALUE).put("subject", "s").put("samples", 1).put("metrics", List.of());

        Struct flat = (Struct) transformation.apply(record(VALUE, value)).value();

        assertThat(flat.getWithoutDefault("coverage")).isNull();
        assertThat(flat.getWithoutDefault("labels")).isNull();
    }

    @Test
    void shouldWriteDoublesThatJsonDoesNotKnowAsText() {
        Struct value = new Struct(VALUE)
                .put("subject", "s")
                .put("samples", 1)
                .put("metrics", List.of(metric("a", Double.NaN), metric("b", Double.NEGATIVE_INFINITY)));

        Struct flat = (Struct) transformation.apply(record(VALUE, value)).value();

        assertThat(flat.get("metrics"))
                .isEqualTo("[{\"name\":\"a\",\"mean\":\"NaN\"},{\"name\":\"b\",\"mean\":\"-Infinity\"}]");
    }

    @Test
    void shouldLetTombstonesAndPlainValuesPass() {
        SinkRecord tombstone = record(null, null);
        SinkRecord text = record(Schema.STRING_SCHEMA, "x");

        assertThat(transformation.apply(tombstone)).isSameAs(tombstone);
        assertThat(transformation.apply(text)).isSameAs(text);
    }

    @Test
    void shouldBeFoundByAWorkerThatLoadsServices() {
        assertThat(ServiceLoader.load(Transformation.class).stream().map(ServiceLoader.Provider::type))
                .contains(NestedAsJson.class);
    }

    private static Struct metric(String name, @Nullable Double mean) {
        return new Struct(METRIC).put("name", name).put("mean", mean);
    }

    private static SinkRecord record(@Nullable Schema schema, @Nullable Object value) {
        return new SinkRecord("t", 1, Schema.STRING_SCHEMA, "k", schema, value, 42);
    }
}
