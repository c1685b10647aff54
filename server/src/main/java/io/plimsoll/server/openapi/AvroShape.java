package io.plimsoll.server.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Shapes of the contract's records as plain JSON; their fields' documentation, which names the units, comes along. */
public final class AvroShape {

    private AvroShape() {}

    /** A record as it is. */
    public static Shape of(Schema schema) {
        return components -> schema(schema, components);
    }

    /** The fields of a record, without some. */
    public static List<Field> fields(Schema schema, Set<String> without) {
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (!without.contains(field.name())) {
                fields.add(Field.of(field.name(), components -> field(field, components)));
            }
        }
        return fields;
    }

    /** All fields of a record. */
    public static List<Field> fields(Schema schema) {
        return fields(schema, Set.of());
    }

    /** The fields of a record, each of which may be null. */
    public static List<Field> nullableFields(Schema schema, Set<String> without) {
        return fields(schema, without).stream()
                .map(field -> Field.of(field.name(), components -> nullable(field, components)))
                .toList();
    }

    private static ObjectNode nullable(Field field, Components components) {
        ObjectNode schema = field.shape().schema(components);
        return schema.path("type").isArray() || schema.has("anyOf") ? schema : Shape.orNull(schema);
    }

    private static ObjectNode field(Schema.Field field, Components components) {
        ObjectNode schema = schema(field.schema(), components);
        if (field.doc() != null) {
            schema.put("description", field.doc());
        }
        return schema;
    }

    private static ObjectNode schema(Schema schema, Components components) {
        return switch (schema.getType()) {
            case RECORD ->
                Shape.object(schema.getName(), String.valueOf(schema.getDoc()), fields(schema))
                        .schema(components);
            case ENUM ->
                components.refer(schema.getName(), () -> {
                    ObjectNode names = type("string");
                    if (schema.getDoc() != null) {
                        names.put("description", schema.getDoc());
                    }
                    schema.getEnumSymbols().forEach(names.putArray("enum")::add);
                    return names;
                });
            case UNION -> Shape.orNull(schema(otherThanNull(schema), components));
            case ARRAY -> {
                ObjectNode list = type("array");
                list.set("items", schema(schema.getElementType(), components));
                yield list;
            }
            case MAP -> {
                ObjectNode map = type("object");
                map.set("additionalProperties", schema(schema.getValueType(), components));
                yield map;
            }
            case DOUBLE -> type("number").put("format", "double");
            case LONG -> type("integer").put("format", "int64");
            case INT -> type("integer").put("format", "int32");
            case STRING -> type("string");
            case BOOLEAN -> type("boolean");
            default -> throw new IllegalArgumentException("no shape for the Avro type " + schema.getType());
        };
    }

    private static Schema otherThanNull(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode type(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
