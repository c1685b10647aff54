package io.plimsoll.server.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A parameter of an operation.
 *
 * @param example a value, as it is written in a query; empty: none is given
 * @param allowed the end of the sentence "allowed is ..."
 * @param takes whether a text is allowed
 * @param schema adds type, range and default to a JSON Schema
 * @param names what it can be, or the parts of it between commas; empty: other things than names
 */
public record Parameter(
        String name,
        Place in,
        boolean required,
        String description,
        String example,
        String allowed,
        Predicate<String> takes,
        UnaryOperator<ObjectNode> schema,
        List<String> names) {

    /** Longest text taken, characters. */
    public static final int LONGEST = 512;

    /** Where it stands. */
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /** Part of the path; any text that is not overlong and without control characters. */
    public static Parameter path(String name, String description, String example) {
        return new Parameter(
                name,
                Place.PATH,
                true,
                description,
                example,
                "1 to " + LONGEST + " characters, none of them a control character",
                Parameter::isText,
                schema -> schema.put("type", "string").put("maxLength", LONGEST),
                List.of());
    }

    /** Any text that is not overlong. */
    public static Parameter text(String name, String description, String example) {
        return query(
                name,
                description,
                example,
                "at most " + LONGEST + " characters, none of them a control character",
                text -> text.isEmpty() || isText(text),
                schema -> schema.put("type", "string").put("maxLength", LONGEST));
    }

    /** A whole number. */
    public static Parameter whole(String name, String description, int least, int most, int unlessTold) {
        return query(
                name,
                description,
                "",
                "a whole number from " + least + " to " + most,
                text -> text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most,
                schema -> schema.put("type", "integer")
                        .put("format", "int32")
                        .put("minimum", least)
                        .put("maximum", most)
                        .put("default", unlessTold));
    }

    /** One of some names, in whatever case. */
    public static Parameter choice(String name, String description, Collection<String> names) {
        List<String> all = List.copyOf(names);
        return query(
                        name,
                        description,
                        "",
                        String.join(", ", all),
                        text -> text.isEmpty() || all.stream().anyMatch(text::equalsIgnoreCase),
                        schema -> {
                            schema.put("type", "string");
                            all.forEach(schema.putArray("enum")::add);
                            return schema;
                        })
                .of(all);
    }

    /** Any of some names, in whatever case, with commas between them. */
    public static Parameter choices(String name, String description, Collection<String> names) {
        List<String> all = List.copyOf(names);
        return query(
                        name,
                        description,
                        "",
                        "one or more of " + String.join(", ", all) + ", separated by commas",
                        text -> text.isEmpty()
                                || List.of(text.split(",")).stream()
                                        .allMatch(part -> all.stream().anyMatch(part.trim()::equalsIgnoreCase)),
                        schema -> {
                            ObjectNode items = schema.put("type", "array").putObject("items");
                            items.put("type", "string");
                            all.forEach(items.putArray("enum")::add);
                            return schema;
                        })
                .of(all);
    }

    /** Any texts, with commas between them. */
    public static Parameter texts(String name, String description, String example) {
        return query(
                name,
                description,
                example,
                "at most " + LONGEST + " characters each, separated by commas, none of them a control character",
                text -> text.isEmpty()
                        || List.of(text.split(",")).stream().allMatch(part -> part.isEmpty() || isText(part)),
                schema -> {
                    schema.put("type", "array").putObject("items").put("type", "string");
                    return schema;
                });
    }

    /** What is checked and described in another way. */
    public static Parameter query(
            String name,
            String description,
            String example,
            String allowed,
            Predicate<String> takes,
            UnaryOperator<ObjectNode> schema) {
        return new Parameter(name, Place.QUERY, false, description, example, allowed, takes, schema, List.of());
    }

    private Parameter of(List<String> known) {
        return new Parameter(name, in, required, description, example, allowed, takes, schema, known);
    }

    /** The same, which must be there. */
    public Parameter asRequired() {
        return new Parameter(name, in, true, description, example, allowed, takes, schema, names);
    }

    /** The same with another description. */
    public Parameter described(String text) {
        return new Parameter(name, in, required, text, example, allowed, takes, schema, names);
    }

    /** The same with another example. */
    public Parameter withExample(String text) {
        return new Parameter(name, in, required, description, text, allowed, takes, schema, names);
    }

    /** The same under another name. */
    public Parameter named(String other) {
        return new Parameter(other, in, required, description, example, allowed, takes, schema, names);
    }

    /** The same as a header. */
    public Parameter asHeader() {
        return new Parameter(name, Place.HEADER, required, description, example, allowed, takes, schema, names);
    }

    /** It as a Parameter Object of OpenAPI. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
        json.put("in", in.name().toLowerCase(java.util.Locale.ROOT)).put("description", description);
        if (required) {
            json.put("required", true);
        }
        ObjectNode type = schema.apply(JsonNodeFactory.instance.objectNode());
        if (type.path("type").asText().equals("array")) {
            json.put("style", "form").put("explode", false);
        }
        json.set("schema", type);
        if (!example.isEmpty()) {
            if (type.path("type").asText().equals("array")) {
                List.of(example.split(",")).forEach(json.putArray("example")::add);
            } else if (type.path("type").asText().equals("number")) {
                json.put("example", Double.parseDouble(example));
            } else {
                json.put("example", example);
            }
        }
        return json;
    }

    private static boolean isText(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }
}
