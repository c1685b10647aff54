package io.plimsoll.server.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/** What a JSON value looks like, as a JSON Schema of OpenAPI 3.1 (draft 2020-12). */
@FunctionalInterface
public interface Shape {

    /** The schema, with what it refers to put among the components. */
    ObjectNode schema(Components components);

    /** A string. */
    static Shape text(String description) {
        return components -> type("string", description);
    }

    /** A whole number of up to 64 bits. */
    static Shape whole(String description) {
        return components -> type("integer", description).put("format", "int64");
    }

    /** A number; the description names its unit. */
    static Shape number(String description) {
        return components -> type("number", description).put("format", "double");
    }

    /** True or false. */
    static Shape truth(String description) {
        return components -> type("boolean", description);
    }

    /** One of some names. */
    static Shape oneOf(String description, Collection<String> names) {
        return components -> {
            ObjectNode schema = type("string", description);
            names.forEach(schema.putArray("enum")::add);
            return schema;
        };
    }

    /** Several of the same. */
    static Shape list(String description, Shape items) {
        return components -> {
            ObjectNode schema = type("array", description);
            schema.set("items", items.schema(components));
            return schema;
        };
    }

    /** Values by names that are not known beforehand. */
    static Shape map(String description, Shape values) {
        return components -> {
            ObjectNode schema = type("object", description);
            schema.set("additionalProperties", values.schema(components));
            return schema;
        };
    }

    /** The same, or null. */
    static Shape nullable(Shape shape) {
        return components -> orNull(shape.schema(components));
    }

    /** An object of a name of its own. */
    static Shape object(String name, String description, List<Field> fields) {
        return components -> components.refer(name, () -> {
            ObjectNode schema = type("object", description);
            ArrayNode required = JsonNodeFactory.instance.arrayNode();
            ObjectNode properties = schema.putObject("properties");
            for (Field field : fields) {
                properties.set(field.name(), field.shape().schema(components));
                if (field.required()) {
                    required.add(field.name());
                }
            }
            if (!required.isEmpty()) {
                schema.set("required", required);
            }
            return schema;
        });
    }

    private static ObjectNode type(String type, String description) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("description", description);
    }

    /** A schema that takes null as well. */
    static ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isTextual() && !schema.has("enum")) {
            String type = schema.path("type").asText();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        if (schema.has("description")) {
            either.set("description", schema.remove("description"));
        }
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }
}
