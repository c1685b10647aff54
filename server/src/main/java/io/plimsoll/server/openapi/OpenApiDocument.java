package io.plimsoll.server.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes operations as an OpenAPI document. */
public final class OpenApiDocument {

    private static final String PROBLEM_TYPE = "application/problem+json";
    private static final Shape PROBLEM = Shape.object(
            "Problem",
            "What is wrong, as problem details for HTTP (RFC 9457).",
            List.of(
                    Field.optional(
                            "servedBy",
                            Shape.text("Where the server is at fault: address of the instance that says so.")),
                    Field.of("type", Shape.text("Always about:blank: the status says what kind of problem it is.")),
                    Field.of("title", Shape.text("The kind of problem in a few words.")),
                    Field.of("status", Shape.whole("HTTP status code.")),
                    Field.of("detail", Shape.text("What is wrong, which value, and what is allowed.")),
                    Field.of("instance", Shape.text("Path that was asked for.")),
                    Field.optional("parameter", Shape.text("Name of the parameter that is wrong.")),
                    Field.optional(
                            "known", Shape.list("Names that there are, the nearest first.", Shape.text("A name.")))));

    private final Components components = new Components();
    private final List<Operation> operations;
    private final Map<String, String> tags;

    /**
     * A document.
     *
     * @param tags groups of operations and what they are about, in order
     */
    public OpenApiDocument(List<Operation> operations, Map<String, String> tags) {
        this.operations = List.copyOf(operations);
        this.tags = tags;
    }

    /** The whole document. */
    public ObjectNode json(String title, String version, String description) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        ObjectNode info = document.putObject("info")
                .put("title", title)
                .put("version", version)
                .put("description", description);
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        ArrayNode groups = document.putArray("tags");
        tags.forEach((name, what) -> groups.addObject().put("name", name).put("description", what));
        ObjectNode paths = document.putObject("paths");
        operations.stream()
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .forEach(operation -> paths.withObjectProperty(operation.path())
                        .set(operation.method().name().toLowerCase(Locale.ROOT), operation(operation)));
        ObjectNode parts = document.putObject("components");
        ObjectNode responses = JsonNodeFactory.instance.objectNode();
        responses.set("Problem", problem());
        parts.set("schemas", components.all());
        parts.set("responses", responses);
        return document;
    }

    /** The columns of an operation's table; call it after {@link #json}. */
    public Columns columns(Operation operation) {
        Table table = operation.table();
        if (table == null) {
            throw new IllegalArgumentException(operation.id() + " has no table");
        }
        return Columns.of(shape(operation).schema(components), table, components);
    }

    private ObjectNode operation(Operation operation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("operationId", operation.id())
                .put("summary", operation.summary());
        json.putArray("tags").add(operation.tag());
        if (!operation.description().isEmpty()) {
            json.put("description", operation.description());
        }
        if (!operation.parameters().isEmpty()) {
            ArrayNode parameters = json.putArray("parameters");
            operation.parameters().forEach(parameter -> parameters.add(parameter.json()));
        }
        if (operation.body() != null) {
            ObjectNode body = json.putObject("requestBody").put("required", true);
            body.putObject("content")
                    .putObject(Answer.JSON)
                    .set("schema", operation.body().schema(components));
        }
        ObjectNode responses = json.putObject("responses");
        for (Answer answer : operation.answers()) {
            ObjectNode content = responses
                    .putObject(Integer.toString(answer.status()))
                    .put("description", answer.description())
                    .putObject("content");
            content.putObject(answer.type())
                    .set(
                            "schema",
                            answer.shape() == null
                                    ? Shape.text("Text.").schema(components)
                                    : answer.shape().schema(components));
            if (operation.table() != null) {
                content.putObject(Columns.CSV).set("schema", columns(operation).schema());
            }
        }
        responses.putObject("default").put("$ref", "#/components/responses/Problem");
        return json;
    }

    private static Shape shape(Operation operation) {
        Shape shape = operation.answers().get(0).shape();
        if (shape == null) {
            throw new IllegalArgumentException(operation.id() + " answers no JSON");
        }
        return shape;
    }

    private ObjectNode problem() {
        ObjectNode response = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "description",
                        "A problem: 400 a bad parameter or body, 401 nobody known, 403 not allowed, 404 nothing of that name, 405 another method, 406 no such"
                                + " media type, 413 too large a body, 429 too many requests, 502 an instance that does"
                                + " not answer, 503 not ready yet. With 429 and 503 comes Retry-After.");
        response.putObject("headers")
                .putObject("Retry-After")
                .put("description", "Time after which to ask again, seconds.")
                .putObject("schema")
                .put("type", "integer");
        response.putObject("content").putObject(PROBLEM_TYPE).set("schema", PROBLEM.schema(components));
        return response;
    }
}
