package io.plimsoll.connectors.csv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How a row becomes a record of a topic.
 *
 * @param files the rule is for files of these names
 * @param when the rule is for rows that meet all of these
 * @param deleteWhen rows that meet all of these, if any are given, become tombstones
 * @param snapshotScope the record's fields whose values tell one complete list from another
 */
record RecordRule(
        Topic<?> topic,
        PathMatcher files,
        List<Condition> when,
        List<Condition> deleteWhen,
        Expression time,
        TimeFormat timeFormat,
        SnapshotKind snapshot,
        List<String> snapshotScope,
        Map<String, Expression> fields) {

    /**
     * A record made of a row.
     *
     * @param scope the complete list that it belongs to; null where the rule makes no snapshots or the row deletes
     */
    record Made(
            String key,
            long timestampMs,
            @Nullable SpecificRecord value,
            @Nullable String scope) {}

    boolean isFor(Path file) {
        return files.matches(file.getFileName());
    }

    boolean isFor(CsvRow row) {
        return when.stream().allMatch(condition -> condition.holds(row));
    }

    /** Checks that a table has the columns that the rule reads. */
    void check(CsvTable table) {
        Set<String> columns = new TreeSet<>(time.columns());
        fields.values().forEach(field -> columns.addAll(field.columns()));
        when.forEach(condition -> columns.add(condition.column()));
        deleteWhen.forEach(condition -> columns.add(condition.column()));
        Set<String> there = table.indexByColumn().keySet();
        for (String column : columns) {
            if (!there.contains(column)) {
                throw new InputException(table.file() + " line 1: column " + column + " is not there: "
                        + NearestName.allowed(column, there));
            }
        }
    }

    void prepare(CsvRow row) {
        try {
            fields.values().forEach(field -> field.prepare(row));
        } catch (InputException e) {
            throw e.at(row.place());
        }
    }

    void reset() {
        fields.values().forEach(Expression::reset);
    }

    /** @throws InputException if the row does not fit; the message names file, line, field, value and what is allowed */
    Made make(CsvRow row) {
        long timestampMs = timestampMs(row);
        boolean deletes = !deleteWhen.isEmpty() && deleteWhen.stream().allMatch(condition -> condition.holds(row));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<String> keyFields = keyFields();
        for (Schema.Field field : AvroSerdes.schemaOf(topic.valueType()).getFields()) {
            Expression expression = fields.get(field.name());
            if (expression != null && (!deletes || keyFields.contains(field.name()))) {
                JsonNode value = forField(row, "field " + field.name() + ": ", () -> json(expression, field, row));
                if (value != null) {
                    json.set(field.name(), value);
                }
            }
        }
        String key = joined(row, json, keyFields);
        if (deletes) {
            return new Made(key, timestampMs, null, null);
        }
        SpecificRecord record =
                Objects.requireNonNull(forField(row, "", () -> PlainJson.fromJson(json, topic.valueType())));
        return new Made(
                key, timestampMs, record, snapshot == SnapshotKind.NONE ? null : joined(row, json, snapshotScope));
    }

    private long timestampMs(CsvRow row) {
        Long millis = forField(row, "time: ", () -> {
            String text = time.text(row);
            if (text == null) {
                throw new InputException("it is empty, allowed is " + timeFormat.name());
            }
            try {
                return timeFormat.millis(text);
            } catch (InputException e) {
                throw new InputException("\"" + text + "\", " + e.getMessage(), e);
            }
        });
        return Objects.requireNonNull(millis);
    }

    private interface Reading<T> {
        @Nullable
        T read();
    }

    private static <T> @Nullable T forField(CsvRow row, String field, Reading<T> reading) {
        try {
            return reading.read();
        } catch (InputException e) {
            throw new InputException(row.place() + ": " + field + e.getMessage(), e);
        }
    }

    List<String> keyFields() {
        return List.of(topic.keyShape().split(":"));
    }

    private static String joined(CsvRow row, ObjectNode json, List<String> fields) {
        StringBuilder joined = new StringBuilder();
        for (String field : fields) {
            JsonNode value = json.get(field);
            if (value == null || value.asText().isEmpty()) {
                throw new InputException(row.place() + ": field " + field + " is empty, allowed is a text");
            }
            joined.append(joined.isEmpty() ? "" : ":").append(value.asText());
        }
        return joined.toString();
    }

    private static @Nullable JsonNode json(Expression expression, Schema.Field field, CsvRow row) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Schema.Type type = typeOf(field.schema());
        if (expression instanceof Expression.Constant constant && type != Schema.Type.STRING) {
            return constant.json();
        }
        if (type == Schema.Type.DOUBLE) {
            BigDecimal number = expression.number(row);
            return number == null ? null : json.numberNode(number.doubleValue());
        }
        if (type == Schema.Type.INT || type == Schema.Type.LONG) {
            BigDecimal number = expression.number(row);
            return number == null ? null : whole(number);
        }
        String text = expression.text(row);
        if (text == null) {
            return null;
        }
        return type == Schema.Type.BOOLEAN && (text.equals("true") || text.equals("false"))
                ? json.booleanNode(Boolean.parseBoolean(text))
                : json.textNode(text);
    }

    private static JsonNode whole(BigDecimal number) {
        try {
            return JsonNodeFactory.instance.numberNode(number.longValueExact());
        } catch (ArithmeticException e) {
            throw new InputException(number + " is not allowed, allowed is a whole number", e);
        }
    }

    private static Schema.Type typeOf(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema.getType();
        }
        return schema.getTypes().stream()
                .map(Schema::getType)
                .filter(type -> type != Schema.Type.NULL)
                .findFirst()
                .orElse(Schema.Type.NULL);
    }
}
