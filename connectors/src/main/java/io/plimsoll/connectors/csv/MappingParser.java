package io.plimsoll.connectors.csv;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.connectors.YamlNode;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Reads a mapping's YAML; every error names its file, line and key. */
final class MappingParser {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Map<String, SnapshotKind> SNAPSHOT_KINDS = new LinkedHashMap<>();

    static {
        SNAPSHOT_KINDS.put("true", SnapshotKind.TIME);
        SNAPSHOT_KINDS.put("false", SnapshotKind.NONE);
        SNAPSHOT_KINDS.put("time", SnapshotKind.TIME);
        SNAPSHOT_KINDS.put("file", SnapshotKind.FILE);
    }

    private final YamlNode root;

    MappingParser(YamlNode root) {
        this.root = root;
    }

    Mapping mapping() {
        Map<String, YamlNode> entries = root.entries(List.of("csv", "order", "constants", "records"));
        boolean byTime = YamlNode.entry(entries, "order")
                .map(order -> order.oneOf(Map.of("time", true, "file", false)))
                .orElse(true);
        List<Mapping.ConstantRecord> constants = new ArrayList<>();
        YamlNode.entry(entries, "constants")
                .ifPresent(list -> list.items().forEach(item -> constants.add(constant(item))));
        List<RecordRule> rules = root.required(entries, "records").items().stream()
                .map(this::rule)
                .toList();
        return new Mapping(format(YamlNode.entry(entries, "csv")), byTime, constants, rules);
    }

    private static CsvFormat format(Optional<YamlNode> node) {
        Map<String, YamlNode> entries = node.map(
                        csv -> csv.entries(List.of("separator", "decimal", "thousands", "empty", "charset")))
                .orElse(Map.of());
        char decimal = YamlNode.entry(entries, "decimal")
                .map(mark -> mark.oneOf(Map.of(".", '.', ",", ',')))
                .orElse('.');
        Set<String> empty = new HashSet<>();
        YamlNode.entry(entries, "empty").ifPresent(list -> list.oneOrMore().forEach(item -> empty.add(item.text())));
        return new CsvFormat(
                YamlNode.entry(entries, "separator").map(YamlNode::character).orElse(','),
                decimal,
                YamlNode.entry(entries, "thousands").map(YamlNode::character).orElse('\0'),
                empty,
                YamlNode.entry(entries, "charset").map(MappingParser::charset).orElse(StandardCharsets.UTF_8));
    }

    private static Charset charset(YamlNode node) {
        try {
            return Charset.forName(node.text());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw node.wrong("is " + node.shown() + ", allowed is a character set such as utf-8 or iso-8859-1");
        }
    }

    private static Topic<?> topic(YamlNode node) {
        List<String> names = Topics.all().stream()
                .filter(topic -> topic.direction() == Topic.Direction.IN)
                .map(topic -> topic.name().substring(Topics.PREFIX.length()))
                .toList();
        return Topics.named(node.text())
                .filter(topic -> topic.direction() == Topic.Direction.IN)
                .orElseThrow(() -> node.wrong("is " + node.shown() + ", " + NearestName.allowed(node.text(), names)));
    }

    private Mapping.ConstantRecord constant(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(List.of("topic", "time", "value"));
        Topic<?> topic = topic(node.required(entries, "topic"));
        YamlNode value = node.required(entries, "value");
        try {
            JsonNode json = value.json();
            SpecificRecord record = PlainJson.fromJson(json, topic.valueType());
            List<String> parts = new ArrayList<>();
            for (String field : topic.keyShape().split(":")) {
                parts.add(json.path(field).asText());
            }
            Long timestampMs = YamlNode.entry(entries, "time")
                    .map(time -> TimeFormat.parse("iso", UTC).millis(time.text()))
                    .orElse(null);
            return new Mapping.ConstantRecord(topic, String.join(":", parts), timestampMs, record);
        } catch (InputException e) {
            throw value.wrong("cannot be used: " + e.getMessage());
        }
    }

    private RecordRule rule(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(
                List.of("topic", "files", "when", "delete-when", "time", "snapshot", "snapshot-scope", "fields"));
        Topic<?> topic = topic(node.required(entries, "topic"));
        Map<String, Expression> fields = fields(node.required(entries, "fields"), topic);
        YamlNode time = node.required(entries, "time");
        return new RecordRule(
                topic,
                files(node, YamlNode.entry(entries, "files")),
                ExpressionParser.conditions(YamlNode.entry(entries, "when")),
                ExpressionParser.conditions(YamlNode.entry(entries, "delete-when")),
                ExpressionParser.timeSource(time),
                timeFormat(time),
                YamlNode.entry(entries, "snapshot")
                        .map(kind -> kind.oneOf(SNAPSHOT_KINDS))
                        .orElse(SnapshotKind.NONE),
                scope(topic, fields, YamlNode.entry(entries, "snapshot-scope")),
                fields);
    }

    private static PathMatcher files(YamlNode rule, Optional<YamlNode> node) {
        String glob = node.map(YamlNode::text).orElse("*");
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw node.orElse(rule).wrong("is " + glob + ", allowed is a pattern such as positions_*.csv");
        }
    }

    private static TimeFormat timeFormat(YamlNode time) {
        if (!time.isMap()) {
            return TimeFormat.parse("iso", UTC);
        }
        Map<String, YamlNode> entries = time.entries();
        ZoneId zone = YamlNode.entry(entries, "zone").map(MappingParser::zone).orElse(UTC);
        YamlNode format = time.required(entries, "format");
        try {
            return TimeFormat.parse(format.text(), zone);
        } catch (IllegalArgumentException e) {
            throw format.wrong("is " + format.shown() + ", allowed is s, ms, us, ns, iso, or a pattern such as"
                    + " dd.MM.yyyy HH:mm:ss");
        }
    }

    private static ZoneId zone(YamlNode node) {
        try {
            return ZoneId.of(node.text());
        } catch (DateTimeException e) {
            throw node.wrong("is " + node.shown() + ", allowed is a time zone such as UTC or Europe/Zurich");
        }
    }

    /** Balances and instruments are listed by venue, positions by venue and symbol, unless the mapping says otherwise. */
    private static List<String> scope(Topic<?> topic, Map<String, Expression> fields, Optional<YamlNode> node) {
        if (node.isPresent()) {
            List<String> scope = new ArrayList<>();
            for (YamlNode item : node.get().oneOrMore()) {
                if (!fields.containsKey(item.text())) {
                    throw item.wrong("is " + item.shown() + ", " + NearestName.allowed(item.text(), fields.keySet()));
                }
                scope.add(item.text());
            }
            return scope;
        }
        return topic == Topics.POSITIONS
                ? List.of("venue", "symbol")
                : fields.containsKey("venue") ? List.of("venue") : List.of();
    }

    private static Map<String, Expression> fields(YamlNode node, Topic<?> topic) {
        Schema schema = AvroSerdes.schemaOf(topic.valueType());
        List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
        Map<String, Expression> fields = new LinkedHashMap<>();
        node.entries().forEach((name, value) -> {
            if (!names.contains(name)) {
                throw value.wrong("is not a field of " + schema.getName() + ": " + NearestName.allowed(name, names));
            }
            fields.put(name, ExpressionParser.expression(value));
        });
        for (Schema.Field field : schema.getFields()) {
            if (!field.hasDefaultValue() && !fields.containsKey(field.name())) {
                throw node.wrong("has no " + field.name() + ", which " + schema.getName() + " needs: " + field.doc());
            }
        }
        return fields;
    }
}
