package io.plimsoll.server.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The JSON Schema of rule files. Each of its parts describes what it allows; what a file is told is taken from there, so
 * that there is one place which says it.
 */
final class RuleSchema {

    private static final String RESOURCE = "/rules/rules.schema.json";
    private static final JsonNode TEXT = read();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(TEXT);

    private RuleSchema() {}

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(RuleSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds what does not have the form of a rule file. */
    static void check(YamlNode root, Problems problems) {
        for (ValidationMessage message : SCHEMA.validate(root.json())) {
            report(message, root, problems);
        }
    }

    private static void report(ValidationMessage message, YamlNode root, Problems problems) {
        YamlNode where = root.at(steps(message.getInstanceLocation()));
        List<String> place = steps(message.getSchemaLocation().getFragment());
        JsonNode part = at(place.subList(0, place.size() - 1));
        String allowed = ", allowed is " + part.path("description").asText();
        if (place.contains("oneOf")) {
            problems.add(
                    where,
                    (bothSides(where) ? "has both above and below" : "has neither above nor below")
                            + ", allowed is one of them");
            return;
        }
        switch (message.getType()) {
            case "required" ->
                problems.add(where, "has no " + message.getProperty() + ", which every " + noun(part) + " needs");
            case "additionalProperties" -> {
                List<String> names = new ArrayList<>();
                part.path("properties").fieldNames().forEachRemaining(names::add);
                problems.add(
                        where.at(List.of(message.getProperty())),
                        "is not a key that there is: " + NearestName.allowed(message.getProperty(), names));
            }
            case "enum" -> {
                List<String> names = new ArrayList<>();
                part.path("enum").forEach(name -> names.add(name.asText()));
                problems.add(where, "is " + where.shown() + ": " + NearestName.allowed(where.shown(), names));
            }
            case "propertyNames" -> problems.add(where, "has the name " + message.getInstanceNode() + allowed);
            default -> problems.add(where, "is " + where.shown() + allowed);
        }
    }

    private static boolean bothSides(YamlNode condition) {
        return condition.entries().containsKey("above") && condition.entries().containsKey("below");
    }

    private static String noun(JsonNode part) {
        return part == TEXT ? "file" : part.equals(TEXT.at("/$defs/rule")) ? "rule" : "condition";
    }

    private static JsonNode at(List<String> steps) {
        JsonNode at = TEXT;
        for (String step : steps) {
            at = at.isArray() ? at.path(Integer.parseInt(step)) : at.path(step);
        }
        return at;
    }

    private static List<String> steps(JsonNodePath path) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            steps.add(path.getName(i));
        }
        return steps;
    }
}
