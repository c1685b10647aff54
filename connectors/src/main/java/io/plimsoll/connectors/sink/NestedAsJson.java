package io.plimsoll.connectors.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * A transformation of Kafka Connect that turns the lists, maps and records within a value into JSON text, for sinks
 * whose tables have no such types. All other fields, values that are no records, and tombstones stay as they are.
 *
 * <p>The text's schema is named {@value #JSON_SCHEMA} and says JSONB, so that Debezium's JDBC sink makes {@code jsonb}
 * columns of it. Numbers keep every digit. A double that JSON cannot write is one of the strings {@code NaN}, {@code
 * Infinity}, {@code -Infinity}, which PostgreSQL casts to a double. It has no settings.
 */
public final class NestedAsJson<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** Name of the schema by which sinks know JSON text. */
    public static final String JSON_SCHEMA = "io.debezium.data.Json";

    private static final String COLUMN_TYPE = "__debezium.source.column.type";
    private static final String JSONB = "JSONB";
    private static final int REMEMBERED_SCHEMAS = 64;
    private static final JsonFactory JSON = new JsonFactory();

    /** By identity: converters and transformations give equal records the same schema object. */
    private final Map<Schema, Schema> flatSchemas = new IdentityHashMap<>();

    @Override
    public R apply(R record) {
        if (!(record.value() instanceof Struct value)) {
            return record;
        }
        Schema flatSchema = flatSchema(value.schema());
        Struct flat = new Struct(flatSchema);
        for (Field field : value.schema().fields()) {
            // Not Struct.get: it would put the default where null was written.
            Object content = value.getWithoutDefault(field.name());
            flat.put(field.name(), content != null && isNested(field.schema()) ? json(content) : content);
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                flatSchema,
                flat,
                record.timestamp(),
                record.headers());
    }

    private Schema flatSchema(Schema schema) {
        Schema known = flatSchemas.get(schema);
        if (known != null) {
            return known;
        }
        if (flatSchemas.size() >= REMEMBERED_SCHEMAS) {
            flatSchemas.clear();
        }
        Schema flat = flattened(schema);
        flatSchemas.put(schema, flat);
        return flat;
    }

    private static Schema flattened(Schema schema) {
        SchemaBuilder builder = SchemaBuilder.struct()
                .name(schema.name())
                .version(schema.version())
                .doc(schema.doc());
        if (schema.isOptional()) {
            builder.optional();
        }
        for (Field field : schema.fields()) {
            builder.field(field.name(), isNested(field.schema()) ? jsonSchema(field.schema()) : field.schema());
        }
        return builder.build();
    }

    private static Schema jsonSchema(Schema nested) {
        SchemaBuilder builder = SchemaBuilder.string()
                .name(JSON_SCHEMA)
                .version(1)
                .doc(nested.doc())
                .parameter(COLUMN_TYPE, JSONB);
        return nested.isOptional() ? builder.optional().build() : builder.build();
    }

    private static boolean isNested(Schema schema) {
        return switch (schema.type()) {
            case ARRAY, MAP, STRUCT -> true;
            default -> false;
        };
    }

    private static String json(Object content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            JsonValues.write(generator, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public String version() {
        String version = NestedAsJson.class.getPackage().getImplementationVersion();
        return version == null ? "unversioned" : version;
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
