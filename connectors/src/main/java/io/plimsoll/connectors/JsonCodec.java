package io.plimsoll.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Converts values of one Avro type to plain JSON and back. Built once per schema, so that records cost no look-ups. */
abstract class JsonCodec {

    private static final int SHOWN_VALUE_LENGTH = 60;

    /** What the type is called in messages. */
    private String allowed;

    private JsonCodec(String allowed) {
        this.allowed = allowed;
    }

    abstract JsonNode toJson(@Nullable Object value, JsonNodeFactory json);

    /** Reads a value; {@code path} is its field's name, empty for the record itself. */
    abstract @Nullable Object fromJson(JsonNode json, String path);

    final InputException wrong(JsonNode json, String path) {
        return new InputException(
                (path.isEmpty() ? "" : "field " + path + " is ") + shown(json) + ", " + "allowed is " + allowed);
    }

    static String shown(JsonNode json) {
        String text = json.isMissingNode() ? "nothing" : json.toString();
        return text.length() <= SHOWN_VALUE_LENGTH ? text : text.substring(0, SHOWN_VALUE_LENGTH) + "...";
    }

    static JsonCodec of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> new RecordCodec(schema);
            case UNION -> new NullableCodec(otherThanNull(schema));
            case ENUM -> new EnumCodec(schema);
            case ARRAY -> new ArrayCodec(schema);
            case MAP -> new MapCodec(schema);
            case BYTES -> new BytesCodec();
            case DOUBLE -> new DoubleCodec();
            case LONG -> new IntegerCodec(true);
            case INT -> new IntegerCodec(false);
            case STRING -> new TextCodec();
            case BOOLEAN -> new BooleanCodec();
            default -> throw new IllegalArgumentException("no plain JSON for the Avro type " + schema.getType());
        };
    }

    private static Schema otherThanNull(Schema union) {
        List<Schema> others = union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1 || union.getTypes().size() != 2) {
            throw new IllegalArgumentException("no plain JSON for the union " + union);
        }
        return others.get(0);
    }

    private static final class RecordCodec extends JsonCodec {

        private final Schema schema;
        private final Schema.Field[] fields;
        private final String[] names;
        private final JsonCodec[] codecs;

        RecordCodec(Schema schema) {
            super("an object with the fields of " + schema.getName());
            this.schema = schema;
            this.fields = schema.getFields().toArray(new Schema.Field[0]);
            this.names = schema.getFields().stream().map(Schema.Field::name).toArray(String[]::new);
            this.codecs =
                    schema.getFields().stream().map(field -> of(field.schema())).toArray(JsonCodec[]::new);
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            SpecificRecord record = (SpecificRecord) required(value);
            ObjectNode object = json.objectNode();
            for (int i = 0; i < names.length; i++) {
                object.set(names[i], codecs[i].toJson(record.get(i), json));
            }
            return object;
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            if (!json.isObject()) {
                throw wrong(json, path);
            }
            SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
            int found = 0;
            for (int i = 0; i < names.length; i++) {
                JsonNode field = json.get(names[i]);
                if (field != null) {
                    record.put(i, codecs[i].fromJson(field, inner(path, names[i])));
                    found++;
                } else if (fields[i].hasDefaultValue()) {
                    record.put(i, defaultOf(fields[i]));
                } else {
                    throw new InputException(
                            "field " + inner(path, names[i]) + " is missing, allowed is " + codecs[i].allowed);
                }
            }
            if (found < json.size()) {
                throw unknownField(json, path);
            }
            return record;
        }

        private InputException unknownField(JsonNode json, String path) {
            List<String> known = List.of(names);
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                if (!known.contains(field.getKey())) {
                    return new InputException("field " + inner(path, field.getKey()) + " (value "
                            + shown(field.getValue()) + ") is not in " + schema.getName() + ": "
                            + NearestName.allowed(field.getKey(), known));
                }
            }
            throw new IllegalStateException("no unknown field in " + json);
        }

        private static @Nullable Object defaultOf(Schema.Field field) {
            SpecificData data = SpecificData.get();
            return data.deepCopy(field.schema(), data.getDefaultValue(field));
        }

        private static String inner(String path, String name) {
            return path.isEmpty() ? name : path + "." + name;
        }
    }

    private static final class NullableCodec extends JsonCodec {

        private final JsonCodec other;

        NullableCodec(Schema other) {
            this(of(other));
        }

        private NullableCodec(JsonCodec other) {
            super(other.allowed + " or null");
            this.other = other;
            ((JsonCodec) other).allowed += " or null";
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            return value == null ? json.nullNode() : other.toJson(value, json);
        }

        @Override
        @Nullable
        Object fromJson(JsonNode json, String path) {
            return json.isNull() ? null : other.fromJson(json, path);
        }
    }

    private static final class EnumCodec extends JsonCodec {

        private final Schema schema;
        private final Map<String, Object> bySymbol = new LinkedHashMap<>();

        EnumCodec(Schema schema) {
            super("one of " + String.join(", ", schema.getEnumSymbols()));
            this.schema = schema;
            for (String symbol : schema.getEnumSymbols()) {
                bySymbol.put(symbol, SpecificData.get().createEnum(symbol, schema));
            }
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            return json.textNode(required(value).toString());
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            Object symbol = json.isTextual() ? bySymbol.get(json.textValue()) : null;
            if (symbol == null) {
                throw new InputException("field " + path + " is " + shown(json) + ", "
                        + NearestName.allowed(json.asText(), schema.getEnumSymbols()));
            }
            return symbol;
        }
    }

    private static final class ArrayCodec extends JsonCodec {

        private final JsonCodec element;

        ArrayCodec(Schema schema) {
            super("an array");
            this.element = of(schema.getElementType());
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            List<?> list = (List<?>) required(value);
            var array = json.arrayNode(list.size());
            for (Object each : list) {
                array.add(element.toJson(each, json));
            }
            return array;
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            if (!json.isArray()) {
                throw wrong(json, path);
            }
            List<@Nullable Object> list = new ArrayList<>(json.size());
            for (JsonNode each : json) {
                list.add(element.fromJson(each, path + "[" + list.size() + "]"));
            }
            return list;
        }
    }

    private static final class MapCodec extends JsonCodec {

        private final JsonCodec element;

        MapCodec(Schema schema) {
            super("an object");
            this.element = of(schema.getValueType());
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            ObjectNode object = json.objectNode();
            ((Map<?, ?>) required(value))
                    .forEach((key, each) -> object.set(key.toString(), element.toJson(each, json)));
            return object;
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            if (!json.isObject()) {
                throw wrong(json, path);
            }
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            json.properties()
                    .forEach(each ->
                            map.put(each.getKey(), element.fromJson(each.getValue(), path + "." + each.getKey())));
            return map;
        }
    }

    private static final class BytesCodec extends JsonCodec {

        BytesCodec() {
            super("a string in base64");
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            ByteBuffer bytes = ((ByteBuffer) required(value)).duplicate();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return json.binaryNode(copy);
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            try {
                byte[] bytes = json.binaryValue();
                if (bytes != null) {
                    return ByteBuffer.wrap(bytes);
                }
            } catch (IOException e) {
                throw wrong(json, path);
            }
            throw wrong(json, path);
        }
    }

    private static final class DoubleCodec extends JsonCodec {

        DoubleCodec() {
            super("a number");
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            double number = (Double) required(value);
            return Double.isFinite(number) ? json.numberNode(number) : json.textNode(Double.toString(number));
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            if (json.isNumber() && Double.isFinite(json.doubleValue())) {
                return json.doubleValue();
            }
            return switch (json.isTextual() ? json.textValue() : "") {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw wrong(json, path);
            };
        }
    }

    private static final class IntegerCodec extends JsonCodec {

        private final boolean wide;

        IntegerCodec(boolean wide) {
            super(wide ? "a whole number" : "a whole number of at most 32 bits");
            this.wide = wide;
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            return wide ? json.numberNode((Long) required(value)) : json.numberNode((Integer) required(value));
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            if (!json.isIntegralNumber() || !(wide ? json.canConvertToLong() : json.canConvertToInt())) {
                throw wrong(json, path);
            }
            if (wide) {
                return json.longValue();
            }
            return json.intValue();
        }
    }

    private static final class TextCodec extends JsonCodec {

        TextCodec() {
            super("a string");
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            return json.textNode(required(value).toString());
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            if (!json.isTextual()) {
                throw wrong(json, path);
            }
            return json.textValue();
        }
    }

    private static final class BooleanCodec extends JsonCodec {

        BooleanCodec() {
            super("true or false");
        }

        @Override
        JsonNode toJson(@Nullable Object value, JsonNodeFactory json) {
            return json.booleanNode((Boolean) required(value));
        }

        @Override
        Object fromJson(JsonNode json, String path) {
            if (!json.isBoolean()) {
                throw wrong(json, path);
            }
            return json.booleanValue();
        }
    }

    private static Object required(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("null where the schema allows none");
        }
        return value;
    }
}
