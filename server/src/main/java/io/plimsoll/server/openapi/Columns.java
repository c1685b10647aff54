package io.plimsoll.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a table, by the members that its items have, and the table as CSV (RFC 4180). */
public final class Columns {

    /** Media type. */
    public static final String CSV = "text/csv";

    /** Members that say something of the answer and nothing of its rows. */
    private static final Set<String> OF_THE_ANSWER = Set.of("servedAtMs", "next");

    private static final String LINE_END = "\r\n";

    /** A column: its header, which member of which item on the way it is, and what that is. */
    private record Column(String header, int depth, String member, String description) {}

    private final Table table;
    private final List<Column> columns;

    private Columns(Table table, List<Column> columns) {
        this.table = table;
        this.columns = List.copyOf(columns);
    }

    static Columns of(ObjectNode answer, Table table, Components components) {
        List<Column> columns = new ArrayList<>();
        ObjectNode level = components.resolved(answer);
        if (table.whole()) {
            add(columns, level, 0, "", components);
        }
        for (int i = 0; i < table.path().size(); i++) {
            JsonNode list = level.path("properties").path(table.path().get(i));
            if (!(list.path("items") instanceof ObjectNode items)) {
                throw new IllegalArgumentException(table.path() + ": no list");
            }
            level = components.resolved(items);
            boolean outermost = i == 0 && !table.whole();
            add(columns, level, i + 1, outermost ? "" : table.path().get(i) + ".", components);
        }
        return new Columns(table, columns);
    }

    private static void add(List<Column> columns, ObjectNode level, int depth, String prefix, Components components) {
        for (Map.Entry<String, JsonNode> member : level.path("properties").properties()) {
            JsonNode schema = member.getValue();
            JsonNode plain = schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
            if (!OF_THE_ANSWER.contains(member.getKey())
                    && plain instanceof ObjectNode object
                    && isPlain(components.resolved(object))) {
                columns.add(new Column(
                        prefix + member.getKey(),
                        depth,
                        member.getKey(),
                        schema.path("description").asText()));
            }
        }
    }

    private static boolean isPlain(ObjectNode schema) {
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.path(0).asText() : type.asText();
        return List.of("string", "number", "integer", "boolean").contains(name);
    }

    /** The header row's names. */
    public List<String> headers() {
        return columns.stream().map(Column::header).toList();
    }

    /** A schema that tells of the columns. */
    ObjectNode schema() {
        StringBuilder text =
                new StringBuilder("CSV (RFC 4180) in UTF-8 with a header row; null is an empty field." + " Columns:\n");
        for (Column column : columns) {
            text.append("\n- `").append(column.header()).append("`: ").append(column.description());
        }
        return JsonNodeFactory.instance.objectNode().put("type", "string").put("description", text.toString());
    }

    /** An answer as CSV. */
    public String csv(JsonNode answer) {
        StringBuilder csv = new StringBuilder();
        csv.append(String.join(",", headers())).append(LINE_END);
        JsonNode[] items = new JsonNode[table.path().size() + 1];
        items[0] = answer;
        rows(csv, items, 0);
        return csv.toString();
    }

    private void rows(StringBuilder csv, JsonNode[] items, int depth) {
        if (depth == table.path().size()) {
            row(csv, items);
            return;
        }
        for (JsonNode item : items[depth].path(table.path().get(depth))) {
            items[depth + 1] = item;
            rows(csv, items, depth + 1);
        }
    }

    private void row(StringBuilder csv, JsonNode[] items) {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                csv.append(',');
            }
            Column column = columns.get(i);
            append(csv, items[column.depth()].path(column.member()));
        }
        csv.append(LINE_END);
    }

    private static void append(StringBuilder csv, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        String text = value.asText();
        if (text.chars().noneMatch(each -> each == ',' || each == '"' || each == '\r' || each == '\n')) {
            csv.append(text);
            return;
        }
        csv.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
}
