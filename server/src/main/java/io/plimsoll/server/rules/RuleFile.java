package io.plimsoll.server.rules;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.InputFile;
import io.plimsoll.connectors.YamlNode;
import io.plimsoll.schemas.avro.Rule;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules as YAML: docs/rules.md. */
public final class RuleFile {

    private RuleFile() {}

    /**
     * The rules of a file, in its order.
     *
     * @throws InputException if the file cannot be used; the message says all that is wrong with it, one in a line, each with
     *     file, line, field, value and what is allowed
     */
    public static List<Rule> read(Path file) {
        try (InputFile input = InputFile.open(file)) {
            return read(file.toString(), new InputStreamReader(input.content(), StandardCharsets.UTF_8));
        }
    }

    /**
     * The same from elsewhere.
     *
     * @param name what messages call it
     */
    public static List<Rule> read(String name, Reader text) {
        YamlNode root = YamlNode.read(name, text);
        Problems problems = new Problems(name);
        RuleSchema.check(root, problems);
        // What has another form cannot be asked for its meaning.
        problems.throwIfAny();
        List<Rule> rules = new ArrayList<>();
        Map<String, YamlNode> places = new HashMap<>();
        for (YamlNode item : root.at(List.of("rules")).items()) {
            Rule rule = RuleReader.read(item, problems);
            YamlNode first = places.putIfAbsent(rule.getId(), item);
            if (first != null) {
                problems.add(
                        item.at(List.of("id")),
                        "is " + rule.getId() + ", as in line " + first.line() + "; allowed is each id once");
            }
            rules.add(rule);
        }
        problems.throwIfAny();
        return rules;
    }
}
