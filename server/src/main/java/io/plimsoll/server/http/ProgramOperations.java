package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.OpenApiDocument;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Shape;
import java.util.List;
import java.util.stream.Stream;

/** What can be asked of the program itself; and all operations, whose document this gives. */
final class ProgramOperations {

    private static final String TAG = "program";

    private static final Shape HEALTH = Shape.object(
            "Health",
            "How the program is.",
            List.of(
                    Field.of("status", Shape.oneOf("UP: all is well.", List.of("UP", "DOWN"))),
                    Field.of("streams", Shape.text("State of Kafka Streams.")),
                    Field.of("application", Shape.text("Application id.")),
                    Field.optional(
                            "connectors",
                            Shape.map("Connectors that run in this process, by name.", Shape.text("Its state.")))));

    static final Operation LIVE = Operation.get("/health/live", "getLiveness", TAG, "Whether the program lives")
            .answering("It does.", HEALTH);

    static final Operation READY = Operation.get(
                    "/health/ready", "getReadiness", TAG, "Whether it can answer for its part")
            .answering("It can.", HEALTH)
            .answering(Problem.UNAVAILABLE, "It cannot yet.", HEALTH);

    static final Operation METRICS = Operation.get("/metrics", "getMetrics", TAG, "Metrics for Prometheus")
            .answeringText("Metrics in Prometheus' text format.", "text/plain");

    static final Operation DOCUMENT = Operation.get("/api/v1/openapi.json", "getOpenApiDocument", TAG, "This document")
            .answering(
                    "OpenAPI 3.1.",
                    Shape.map("An OpenAPI document.", components -> JsonNodeFactory.instance.objectNode()));

    /** Every operation there is. */
    static final List<Operation> ALL = Stream.of(
                    MarketOperations.ALL,
                    OptionOperations.ALL,
                    SystemOperations.ALL,
                    AccountOperations.ALL,
                    ScenarioOperations.ALL,
                    AlertOperations.ALL,
                    FeedOperations.ALL,
                    List.of(LIVE, READY, METRICS, DOCUMENT))
            .flatMap(List::stream)
            .toList();

    private static final String DESCRIPTION = "How leveraged a market is, and where forced selling waits. Every number"
            + " names its unit; what it means is in docs/measures.md, how to ask in docs/api.md. Every list has `limit` and"
            + " `after`, and gives `next`. With `Accept: text/csv` tables come as CSV. Answers carry an ETag over what"
            + " they say apart from their age.";

    private ProgramOperations() {}

    /** A description of them all. */
    static OpenApiDocument document() {
        return new OpenApiDocument(ALL, ApiParameters.tags());
    }

    /** The document as it is served. */
    static ObjectNode json(OpenApiDocument document) {
        ObjectNode json = document.json("Plimsoll", "0.1.0", DESCRIPTION);
        // Which of them there are is a matter of settings; by default a server on loopback asks for neither.
        ObjectNode schemes = json.withObject("/components").putObject("securitySchemes");
        schemes.putObject("apiKey").put("type", "apiKey").put("in", "header").put("name", AccessGuard.API_KEY);
        schemes.putObject("bearer").put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
        ArrayNode security = json.putArray("security");
        security.addObject();
        security.addObject().putArray("apiKey");
        security.addObject().putArray("bearer");
        return json;
    }

    /** The document as it is kept in docs/openapi.json. */
    static String text(OpenApiDocument document) {
        return json(document).toPrettyString() + "\n";
    }
}
