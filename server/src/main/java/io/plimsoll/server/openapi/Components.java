package io.plimsoll.server.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The schemas that have a name, each once, by name. */
public final class Components {

    private static final String PLACE = "#/components/schemas/";

    private final Map<String, ObjectNode> schemas = new TreeMap<>();

    /** A reference to the schema of that name, which is made where it is not known yet. */
    ObjectNode refer(String name, Supplier<ObjectNode> schema) {
        if (!schemas.containsKey(name)) {
            // Known before it is made, so that a schema may refer to itself.
            schemas.put(name, JsonNodeFactory.instance.objectNode());
            schemas.put(name, schema.get());
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", PLACE + name);
    }

    /** The schema itself, where this is a reference. */
    ObjectNode resolved(ObjectNode schema) {
        String reference = schema.path("$ref").asText();
        if (!reference.startsWith(PLACE)) {
            return schema;
        }
        ObjectNode found = schemas.get(reference.substring(PLACE.length()));
        if (found == null) {
            throw new IllegalStateException("no schema " + reference);
        }
        return found;
    }

    /** All of them, by name. */
    ObjectNode all() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.setAll(schemas);
        return all;
    }
}
