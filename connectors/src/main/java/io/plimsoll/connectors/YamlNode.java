package io.plimsoll.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A piece of a YAML file that knows where it stands, for messages: file, line, path. */
public final class YamlNode {

    private final String file;
    private final String path;
    private final Node node;

    private YamlNode(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * The root of a file.
     *
     * @param file its name, for messages
     * @throws InputException if it is empty or no YAML
     */
    public static YamlNode read(String file, Reader reader) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(reader);
            if (root == null) {
                throw new InputException(file + " is empty, allowed is a mapping");
            }
            return new YamlNode(file, "", root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InputException(file + " line " + line + ": not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new InputException(file + ": not YAML: " + e.getMessage(), e);
        }
    }

    /** What to throw for this piece: file, line and path, and the message. */
    public InputException wrong(String message) {
        String field = path.isEmpty() ? "" : path + " ";
        return new InputException(file + " line " + line() + ": " + field + message);
    }

    /** Line in the file, from 1. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /**
     * The piece below this one at those keys and list positions.
     *
     * @throws InputException if there is none
     */
    public YamlNode at(List<String> steps) {
        YamlNode at = this;
        for (String step : steps) {
            at = at.isList() ? at.items().get(Integer.parseInt(step)) : at.required(at.entries(), step);
        }
        return at;
    }

    private InputException wrongValue(String allowed) {
        return wrong("is " + shown() + ", allowed is " + allowed);
    }

    /** The value as messages show it. */
    public String shown() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isEmpty() ? "empty" : scalar.getValue();
        }
        return node instanceof MappingNode ? "a mapping of keys" : "a list";
    }

    /** True for keys with values. */
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** True for a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** All entries; a key may be there only once. */
    public Map<String, YamlNode> entries() {
        if (!(node instanceof MappingNode map)) {
            throw wrongValue("a mapping of keys");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            YamlNode key = new YamlNode(file, path, tuple.getKeyNode());
            String name = key.text();
            YamlNode value = new YamlNode(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode());
            if (entries.put(name, value) != null) {
                throw value.wrong("is there twice, allowed is once");
            }
        }
        return entries;
    }

    /** Entries with none but the given keys. */
    public Map<String, YamlNode> entries(List<String> allowed) {
        Map<String, YamlNode> entries = entries();
        entries.forEach((name, value) -> {
            if (!allowed.contains(name)) {
                throw value.wrong("is not a key of a mapping: " + NearestName.allowed(name, allowed));
            }
        });
        return entries;
    }

    /** The entry, or empty if it is not there or null. */
    public static Optional<YamlNode> entry(Map<String, YamlNode> entries, String name) {
        return Optional.ofNullable(entries.get(name)).filter(value -> !value.isNull());
    }

    /** The entry, which must be there. */
    public YamlNode required(Map<String, YamlNode> entries, String name) {
        return entry(entries, name).orElseThrow(() -> wrong("has no " + name + ", allowed is one"));
    }

    /** True where nothing is given. */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The items of a list. */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrongValue("a list");
        }
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlNode(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** The items of a list, or the node itself. */
    public List<YamlNode> oneOrMore() {
        return isList() ? items() : List.of(this);
    }

    /** A single value as it is written. */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrongValue("a single value");
        }
        return scalar.getValue();
    }

    /** A single value of one character; {@code \\t} is a tabulator. */
    public char character() {
        String text = text();
        if (text.equals("\\t")) {
            return '\t';
        }
        if (text.length() != 1) {
            throw wrongValue("one character");
        }
        return text.charAt(0);
    }

    /** A single value that is true or false. */
    public boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrongValue("true or false");
        };
    }

    /** A single value that is a number. */
    public BigDecimal number() {
        try {
            return new BigDecimal(text());
        } catch (NumberFormatException e) {
            throw wrongValue("a number");
        }
    }

    /** What a single value stands for. */
    public <T> T oneOf(Map<String, T> allowed) {
        T found = allowed.get(text());
        if (found == null) {
            throw wrong("is " + shown() + ", " + NearestName.allowed(text(), allowed.keySet()));
        }
        return found;
    }

    /** The node as JSON: numbers, true, false and null as such, all else as text. */
    public JsonNode json() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof MappingNode) {
            ObjectNode object = json.objectNode();
            entries().forEach((name, value) -> object.set(name, value.json()));
            return object;
        }
        if (node instanceof SequenceNode) {
            ArrayNode array = json.arrayNode();
            items().forEach(item -> array.add(item.json()));
            return array;
        }
        return Objects.requireNonNull(scalar(json));
    }

    private @Nullable JsonNode scalar(JsonNodeFactory json) {
        String text = text();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(flag());
        }
        if (tag.equals(Tag.INT) && text.matches("[-+]?\\d{1,18}")) {
            return json.numberNode(Long.parseLong(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || text.matches("[-+]?\\d+(\\.\\d+)?[eE][-+]?\\d+")) {
            return json.numberNode(number().doubleValue());
        }
        return json.textNode(text);
    }
}
