package io.plimsoll.server.rules;

import io.plimsoll.connectors.YamlNode;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one rule that has the form of one, and finds what cannot be meant. */
final class RuleReader {

    private RuleReader() {}

    static Rule read(YamlNode node, Problems problems) {
        Map<String, YamlNode> fields = node.entries();
        SubjectKind kind = SubjectKind.valueOf(text(node, "kind").toUpperCase(Locale.ROOT));
        Rule rule = new Rule();
        rule.setId(text(node, "id"));
        rule.setSummary(text(node, "summary"));
        rule.setKind(kind);
        rule.setSubjects(subjects(fields, kind, problems));
        List<RuleCondition> conditions = new ArrayList<>();
        for (YamlNode condition : node.at(List.of("when")).oneOrMore()) {
            ConditionReader.read(condition, kind, problems).ifPresent(conditions::add);
        }
        rule.setConditions(conditions);
        rule.setHoldMs(time(fields, "hold"));
        rule.setResolveMs(time(fields, "resolve"));
        YamlNode repeat = fields.get("repeat");
        if (repeat != null && Amount.milliseconds(repeat.text()) == 0) {
            problems.add(repeat, "is " + repeat.text() + ", allowed is more than 0; without it nothing is repeated");
        }
        rule.setRepeatMs(repeat == null ? null : (Long) Amount.milliseconds(repeat.text()));
        rule.setSeverity(Severity.valueOf(text(node, "severity").toUpperCase(Locale.ROOT)));
        rule.setLabels(labels(fields));
        rule.setRunbook(optionalText(fields, "runbook"));
        rule.setOwner(optionalText(fields, "owner"));
        return rule;
    }

    private static List<String> subjects(Map<String, YamlNode> fields, SubjectKind kind, Problems problems) {
        YamlNode given = fields.get("subjects");
        if (given == null) {
            return List.of("*");
        }
        List<String> patterns = new ArrayList<>();
        for (YamlNode pattern : given.oneOrMore()) {
            Optional<String> wrong = SubjectPatterns.problem(pattern.text(), kind);
            wrong.ifPresent(problem -> problems.add(pattern, problem));
            patterns.add(pattern.text());
        }
        return patterns;
    }

    private static Map<String, String> labels(Map<String, YamlNode> fields) {
        Map<String, String> labels = new TreeMap<>();
        YamlNode given = fields.get("labels");
        if (given != null) {
            given.entries().forEach((name, value) -> labels.put(name, value.text()));
        }
        return labels;
    }

    private static String text(YamlNode node, String field) {
        return node.at(List.of(field)).text();
    }

    private static @Nullable String optionalText(Map<String, YamlNode> fields, String field) {
        YamlNode given = fields.get(field);
        return given == null ? null : given.text();
    }

    private static long time(Map<String, YamlNode> fields, String field) {
        YamlNode given = fields.get(field);
        return given == null ? 0 : Amount.milliseconds(given.text());
    }
}
