package io.plimsoll.connectors.csv;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plimsoll.connectors.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a mapping's expressions and conditions. */
final class ExpressionParser {

    private static final List<String> SOURCES = List.of("column", "constant", "template", "file-name", "sum");
    private static final List<String> ADJUSTMENTS = List.of(
            "per",
            "when",
            "values",
            "otherwise",
            "unit",
            "factor",
            "times",
            "divided-by",
            "less",
            "absolute",
            "negate");
    private static final List<String> TIME_KEYS = List.of("format", "zone");

    private static final Map<String, BigDecimal> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("percent", new BigDecimal("0.01"));
        UNITS.put("bps", new BigDecimal("0.0001"));
        UNITS.put("milli", new BigDecimal("0.001"));
        UNITS.put("micro", new BigDecimal("0.000001"));
        UNITS.put("nano", new BigDecimal("0.000000001"));
        UNITS.put("thousand", new BigDecimal("1000"));
        UNITS.put("million", new BigDecimal("1000000"));
    }

    private ExpressionParser() {}

    /** A single value is a constant, and so is a list; a mapping of keys says where the value comes from. */
    static Expression expression(YamlNode node) {
        if (!node.isMap()) {
            return new Expression.Constant(node.json());
        }
        List<String> allowed = new ArrayList<>(SOURCES);
        allowed.addAll(ADJUSTMENTS);
        return adjusted(node, node.entries(allowed));
    }

    /** Where a rule's time comes from: an ISO-8601 time, or an expression beside format and zone. */
    static Expression timeSource(YamlNode node) {
        if (!node.isMap()) {
            return new Expression.Constant(JsonNodeFactory.instance.textNode(node.text()));
        }
        List<String> allowed = new ArrayList<>(List.of("column", "template", "file-name"));
        allowed.addAll(TIME_KEYS);
        return source(node, node.entries(allowed));
    }

    private static Expression source(YamlNode node, Map<String, YamlNode> entries) {
        List<String> given = SOURCES.stream().filter(entries::containsKey).toList();
        if (given.size() != 1) {
            throw node.wrong("has " + (given.isEmpty() ? "no source" : String.join(" and ", given))
                    + ", allowed is one of " + String.join(", ", SOURCES));
        }
        String kind = given.get(0);
        YamlNode value = node.required(entries, kind);
        return switch (kind) {
            case "column" -> new Expression.Column(value.text());
            case "constant" -> new Expression.Constant(value.json());
            case "template" -> Expression.Template.of(value.text());
            case "file-name" -> new Expression.FileName(pattern(value));
            default ->
                new Expression.Sum(
                        value.isMap() ? expression(value) : new Expression.Column(value.text()),
                        node.required(entries, "per").oneOrMore().stream()
                                .map(YamlNode::text)
                                .toList());
        };
    }

    private static Pattern pattern(YamlNode node) {
        try {
            Pattern pattern = Pattern.compile(node.text());
            if (pattern.matcher("").groupCount() == 1) {
                return pattern;
            }
        } catch (PatternSyntaxException e) {
            throw node.wrong("is " + node.shown() + ", allowed is a regular expression: " + e.getDescription());
        }
        throw node.wrong("is " + node.shown() + ", allowed is a regular expression with one group in parentheses");
    }

    private static Expression adjusted(YamlNode node, Map<String, YamlNode> entries) {
        Expression source = source(node, entries);
        if (ADJUSTMENTS.stream().noneMatch(entries::containsKey)) {
            return source;
        }
        if (entries.containsKey("factor") && entries.containsKey("unit")) {
            throw node.wrong("has both factor and unit, allowed is one of them");
        }
        Map<String, String> values = new LinkedHashMap<>();
        YamlNode.entry(entries, "values")
                .ifPresent(map -> map.entries().forEach((from, to) -> values.put(from, to.text())));
        BigDecimal factor = YamlNode.entry(entries, "factor")
                .map(YamlNode::number)
                .or(() -> YamlNode.entry(entries, "unit").map(unit -> unit.oneOf(UNITS)))
                .orElse(BigDecimal.ONE);
        return new Adjusted(
                source,
                conditions(YamlNode.entry(entries, "when")),
                values,
                YamlNode.entry(entries, "otherwise").map(YamlNode::text).orElse(null),
                new Adjusted.Arithmetic(
                        factor,
                        columns(YamlNode.entry(entries, "times")),
                        columns(YamlNode.entry(entries, "divided-by")),
                        YamlNode.entry(entries, "less").map(YamlNode::oneOrMore).orElse(List.of()).stream()
                                .map(each -> each.isMap() ? expression(each) : new Expression.Column(each.text()))
                                .toList(),
                        YamlNode.entry(entries, "absolute").map(YamlNode::flag).orElse(false),
                        YamlNode.entry(entries, "negate").map(YamlNode::flag).orElse(false)));
    }

    private static List<String> columns(Optional<YamlNode> node) {
        return node.map(YamlNode::oneOrMore).orElse(List.of()).stream()
                .map(YamlNode::text)
                .toList();
    }

    static List<Condition> conditions(Optional<YamlNode> node) {
        List<Condition> conditions = new ArrayList<>();
        for (YamlNode each : node.map(YamlNode::oneOrMore).orElse(List.of())) {
            Map<String, YamlNode> entries = each.entries(List.of("column", "equals", "not-equals"));
            boolean wanted = entries.containsKey("equals");
            if (wanted == entries.containsKey("not-equals")) {
                throw each.wrong("needs one of equals and not-equals");
            }
            Set<String> values = new TreeSet<>();
            each.required(entries, wanted ? "equals" : "not-equals")
                    .oneOrMore()
                    .forEach(value -> values.add(value.text()));
            conditions.add(new Condition(each.required(entries, "column").text(), values, wanted));
        }
        return conditions;
    }
}
