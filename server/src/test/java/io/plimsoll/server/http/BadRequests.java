package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bad requests to every operation of a document, derived from what it says of their parameters. */
final class BadRequests {

    /** Nothing of this name can be known; of patterns any text is a good one. */
    private static final Set<String> NAMES = Set.of("markets", "market", "venue", "asset", "target", "metrics");

    private static final String OVERLONG = "a".repeat(600);
    private static final List<String> BAD_PARTS = List.of(
            "..%2f..%2fetc%2fpasswd",
            "%2e%2e%2f%2e%2e",
            "..%5c..",
            "%252e%252e%252f",
            "%00",
            "w:LIT%00",
            "%0d%0aSet-Cookie:x",
            "%C3%BC%E2%82%AC",
            "%ff%fe",
            "nope",
            "-1",
            "%27%20OR%201=1",
            OVERLONG);

    /**
     * A request that is bad.
     *
     * @param wrong name of the parameter that is
     */
    record BadRequest(
            String method,
            String target,
            @Nullable String body,
            @Nullable String header,
            String wrong) {}

    private final JsonNode document;
    private final List<BadRequest> requests = new ArrayList<>();

    private BadRequests(JsonNode document) {
        this.document = document;
    }

    static List<BadRequest> of(JsonNode document) {
        BadRequests all = new BadRequests(document);
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                all.add(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
            }
        }
        return all.requests;
    }

    private void add(String method, String path, JsonNode operation) {
        String body = body(operation);
        String good = path.replace("{id}", "w:LIT");
        requests.add(new BadRequest(method, good + "?nonsense=1", body, null, "nonsense"));
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "path" ->
                    BAD_PARTS.forEach(part -> requests.add(
                            new BadRequest(method, path.replace("{" + name + "}", part), body, null, name)));
                case "header" -> requests.add(new BadRequest(method, good, body, name + ": nonsense", name));
                default -> {
                    for (String value : values(parameter, path)) {
                        String query = name + "=" + value + others(operation, name);
                        requests.add(new BadRequest(method, good + "?" + query, body, null, name));
                    }
                    if (parameter.path("required").asBoolean()) {
                        requests.add(new BadRequest(method, good, body, null, name));
                    }
                }
            }
        }
    }

    /** Bad values of a parameter. */
    private static List<String> values(JsonNode parameter, String path) {
        String name = parameter.path("name").asText();
        JsonNode schema = parameter.path("schema");
        JsonNode names = schema.path("type").asText().equals("array")
                ? schema.path("items").path("enum")
                : schema.path("enum");
        List<String> bad = new ArrayList<>(List.of("%00", OVERLONG, "x&" + name + "=y"));
        String type = schema.path("type").asText();
        if (type.equals("integer")) {
            long most = schema.path("maximum").asLong();
            bad.addAll(List.of("0", "-1", "x", "", "1.5", "1e3", "%2B1", "99999999999999999999", "" + (most + 1)));
        } else if (type.equals("number")) {
            bad.addAll(List.of(
                    "x", "", "NaN", "Infinity", "1e999", "1e-999999999", "-1", "-150%25", "10", "0", "5%25%25"));
        } else if (!names.isEmpty()) {
            bad.addAll(List.of("nonsense", names.path(0).asText() + "x", ".*"));
        } else if (parameter.path("example").asText().matches("\\d{4}-.*Z")) {
            bad.addAll(
                    List.of("yesterday", "2026-08-01", "2026-13-01T00:00:00Z", "-1", "9".repeat(15), "9".repeat(30)));
        } else if (name.equals("after")) {
            bad.addAll(List.of("x", "!!!", "W10", "e30", "%25"));
        } else if (name.equals("lastEventId")) {
            bad.addAll(List.of("x", "0", "0:x", "0:99999999999999999999"));
        } else if (NAMES.contains(name) || (name.equals("subject") && path.contains("/system"))) {
            bad.addAll(List.of("nope:nope", "..%2f..", "%C3%BC"));
        }
        return bad;
    }

    /** What else must be there for the parameter to be looked at. */
    private static String others(JsonNode operation, String name) {
        StringBuilder others = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            String other = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("query")
                    && parameter.path("required").asBoolean()
                    && !other.equals(name)) {
                others.append('&').append(other).append("=x");
            }
        }
        return others.toString();
    }

    /** A good body, so that only the parameter is bad. */
    private @Nullable String body(JsonNode operation) {
        String reference = operation
                .at("/requestBody/content")
                .path("application/json")
                .path("schema")
                .path("$ref")
                .asText();
        if (reference.isEmpty()) {
            return null;
        }
        JsonNode schema = document.at(reference.substring(1));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        schema.path("required").forEach(name -> body.put(name.asText(), "x|y"));
        if (schema.path("properties").has("for")) {
            body.put("for", "1h");
        }
        return body.toString();
    }
}
