package io.plimsoll.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.PlainJson;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds rows, as JSON objects by column, against the records that they were made of. */
final class Rows {

    /** Lengths of time, which stay numbers; all other fields that end so are points in time. */
    private static final Set<String> DURATIONS =
            Set.of("stalenessMs", "windowSizeMs", "fundingLiquidationMs", "interestLiquidationMs");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][x]")
            .toFormatter();

    private static final Map<String, String> TOP = Map.of(
            "top1Share",
            "top_1_share",
            "top5Share",
            "top_5_share",
            "top10Share",
            "top_10_share",
            "top20Share",
            "top_20_share");

    private Rows() {}

    /** PostgreSQL's name of a field that is called so on the topic. */
    static String snakeCase(String field) {
        return TOP.getOrDefault(
                field,
                field.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("([a-z])(\\d)", "$1_$2")
                        .toLowerCase(java.util.Locale.ROOT));
    }

    /** Iceberg's columns have the fields' names. */
    static String sameName(String field) {
        return field;
    }

    /** Fails unless the row says in each column what the record says, to the last digit. */
    static void assertSame(
            ConsumerRecord<String, ? extends SpecificRecord> record, JsonNode row, UnaryOperator<String> naming) {
        JsonNode expected = PlainJson.toJson(record.value());
        expected.properties().forEach(field -> {
            boolean time = field.getKey().endsWith("Ms") && !DURATIONS.contains(field.getKey());
            String column = naming.apply(
                    time ? field.getKey().substring(0, field.getKey().length() - 2) : field.getKey());
            String what = record.topic() + " " + record.key() + " " + column;
            JsonNode actual = row.get(column);
            assertThat(actual).describedAs("%s of %s", what, row).isNotNull();
            if (time && !field.getValue().isNull()) {
                assertThat(millis(actual.asText()))
                        .describedAs(what)
                        .isEqualTo(field.getValue().asLong());
            } else {
                assertSame(what, field.getValue(), actual);
            }
        });
        assertThat(millis(row.get(naming.apply("kafkaTime")).asText())).isEqualTo(record.timestamp());
    }

    private static void assertSame(String what, JsonNode expected, JsonNode actual) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field ->
                            assertSame(what + "." + field.getKey(), field.getValue(), actual.path(field.getKey())));
        } else if (expected.isArray()) {
            assertThat(actual).describedAs(what).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertSame(what + "[" + i + "]", expected.get(i), actual.get(i));
            }
        } else if (expected.isDouble()) {
            assertThat(actual.isNumber()).describedAs("%s is %s", what, actual).isTrue();
            assertThat(actual.doubleValue()).describedAs(what).isEqualTo(expected.doubleValue());
        } else if (expected.isNumber()) {
            assertThat(actual.canConvertToExactIntegral())
                    .describedAs("%s is %s", what, actual)
                    .isTrue();
            assertThat(actual.longValue()).describedAs(what).isEqualTo(expected.longValue());
        } else {
            assertThat(actual).describedAs(what).isEqualTo(expected);
        }
    }

    static long millis(String time) {
        return OffsetDateTime.parse(time, TIME).toInstant().toEpochMilli();
    }

    /** One row of several, by Kafka's partition and offset. */
    static String place(JsonNode row, UnaryOperator<String> naming) {
        return row.get(naming.apply("kafkaPartition")).asInt() + ":"
                + row.get(naming.apply("kafkaOffset")).asLong();
    }

    static String place(ConsumerRecord<?, ?> record) {
        return record.partition() + ":" + record.offset();
    }

    /** Fails unless there is one row for each record, and none besides. */
    static <V extends SpecificRecord> void assertOneRowEach(
            List<ConsumerRecord<String, V>> records, List<JsonNode> rows, UnaryOperator<String> naming) {
        Map<String, JsonNode> byPlace = new java.util.HashMap<>();
        rows.forEach(row -> assertThat(byPlace.put(place(row, naming), row))
                .describedAs("a second row of %s", row)
                .isNull());
        assertThat(rows).hasSameSizeAs(records);
        records.forEach(record -> {
            assertThat(byPlace).containsKey(place(record));
            assertSame(record, byPlace.get(place(record)), naming);
        });
    }
}
