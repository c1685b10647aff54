package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances, which answer from their own stores only ({@code scope=local}). */
final class Peers {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient client;
    private final PeerLink link;
    private final ObjectMapper json;

    Peers(PeerLink link, ObjectMapper json) {
        this.client = link.client().connectTimeout(CONNECT_WITHIN).build();
        this.link = link;
        this.json = json;
    }

    /** An instance's answer as it came. */
    record Answer(int status, String contentType, String body) {}

    /** Passes a request on to the instance that holds its key. */
    Answer forward(HostInfo instance, String pathAndQuery) {
        try {
            HttpResponse<String> response =
                    client.send(request(instance, pathAndQuery), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse("application/json"),
                    response.body());
        } catch (IOException e) {
            throw Problem.unreachable(name(instance));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unreachable(name(instance));
        }
    }

    /**
     * Collects the parts of a list that other instances hold.
     *
     * @param field name of the list in their answers
     * @param missing takes the names of instances that did not answer
     */
    List<JsonNode> collect(List<HostInfo> instances, String pathAndQuery, String field, List<String> missing) {
        List<JsonNode> items = new ArrayList<>();
        answers(instances, pathAndQuery, field, missing)
                .forEach(answer -> answer.path(field).forEach(items::add));
        return items;
    }

    /**
     * Asks several instances for a list.
     *
     * @param field name of the list; an answer without it is none
     * @param missing takes the names of instances that did not answer
     */
    List<JsonNode> answers(List<HostInfo> instances, String pathAndQuery, String field, List<String> missing) {
        List<CompletableFuture<HttpResponse<String>>> asked = instances.stream()
                .map(instance ->
                        client.sendAsync(request(instance, pathAndQuery), HttpResponse.BodyHandlers.ofString()))
                .toList();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            try {
                HttpResponse<String> response = asked.get(i).join();
                JsonNode answer = response.statusCode() == OK ? json.readTree(response.body()) : null;
                if (answer != null && answer.get(field) instanceof ArrayNode) {
                    answers.add(answer);
                } else {
                    missing.add(name(instances.get(i)));
                }
            } catch (CompletionException | IOException e) {
                missing.add(name(instances.get(i)));
            }
        }
        return answers;
    }

    private HttpRequest request(HostInfo instance, String pathAndQuery) {
        String local = pathAndQuery + (pathAndQuery.contains("?") ? "&" : "?") + "scope=local";
        return CallersCredentials.on(HttpRequest.newBuilder(URI.create(link.scheme() + name(instance) + local)))
                .timeout(ANSWER_WITHIN)
                .build();
    }

    private static String name(HostInfo instance) {
        return instance.host() + ":" + instance.port();
    }
}
