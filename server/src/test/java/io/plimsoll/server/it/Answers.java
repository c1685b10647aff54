package io.plimsoll.server.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Asks instances over HTTP. */
final class Answers {

    /** Far beyond the deadline of an instance: only what hangs takes so long. */
    private static final Duration HANGING = Duration.ofSeconds(30);

    /** What depends on the moment of asking or on how far a follower of a topic has looked. */
    private static final List<String> OF_THE_MOMENT = List.of("ageMs", "servedAtMs", "behind", "behindAsOfMs");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    /** An answer, how long it took, and what was asked. */
    record Answer(String path, int status, JsonNode body, long tookMs) {

        /** Ids of a list's items. */
        Set<String> ids(String list) {
            Set<String> ids = new TreeSet<>();
            body.path(list).forEach(item -> ids.add(item.path("id").asText()));
            return ids;
        }

        /** Ids that are named as missing. */
        Set<String> missingIds() {
            Set<String> ids = new TreeSet<>();
            body.path("missing").forEach(each -> each.path("ids").forEach(id -> ids.add(id.asText())));
            return ids;
        }

        boolean isPartial() {
            return body.has("complete") && !body.get("complete").asBoolean();
        }

        boolean isStale() {
            return body.path("stale").asBoolean();
        }

        boolean lacksFor(String reason) {
            for (JsonNode each : body.path("missing")) {
                if (each.path("reason").asText().equals(reason)) {
                    return true;
                }
            }
            return false;
        }
    }

    Answer get(int port, String path) throws IOException, InterruptedException {
        long askedNs = System.nanoTime();
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(HANGING)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(
                path,
                response.statusCode(),
                JSON.readTree(response.body()),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNs));
    }

    /** Posts a body that is JSON. */
    Answer post(int port, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(HANGING)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(path, response.statusCode(), JSON.readTree(response.body()), 0);
    }

    /** Status and body without what is of the moment. */
    static String lasting(Answer answer) {
        JsonNode body = answer.body().deepCopy();
        strip(body, OF_THE_MOMENT);
        return answer.status() + " " + body;
    }

    /** Takes members away, wherever they are. */
    static void strip(JsonNode node, List<String> names) {
        if (node instanceof ObjectNode object) {
            object.remove(names);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(each -> strip(each, names));
        }
    }
}
