package io.plimsoll.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.schemas.AvroSerdes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The contract's records as plain JSON: field names as in the schema, a union of null and a type as the value or null,
 * enums by name, bytes in base64. A double that JSON cannot write is one of the strings {@code NaN}, {@code Infinity},
 * {@code -Infinity}. What is left out takes the schema's default.
 *
 * <p>Safe for use by several threads.
 */
public final class PlainJson {

    static {
        AvroSerdes.trustOwnRecords();
    }

    private static final Map<Schema, JsonCodec> CODECS = new ConcurrentHashMap<>();

    private PlainJson() {}

    /** The record as a JSON object, its fields in the schema's order. */
    public static ObjectNode toJson(SpecificRecord record) {
        return (ObjectNode) codec(record.getSchema()).toJson(record, JsonNodeFactory.instance);
    }

    /**
     * The record that a JSON object stands for.
     *
     * @throws InputException if the JSON does not fit the schema; the message names the field, its value and what is
     *     allowed
     */
    public static <T extends SpecificRecord> T fromJson(JsonNode json, Class<T> type) {
        return type.cast(Objects.requireNonNull(codec(AvroSerdes.schemaOf(type)).fromJson(json, "")));
    }

    private static JsonCodec codec(Schema schema) {
        JsonCodec known = CODECS.get(schema);
        if (known != null) {
            return known;
        }
        JsonCodec made = JsonCodec.of(schema);
        CODECS.put(schema, made);
        return made;
    }
}
