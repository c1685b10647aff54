package io.plimsoll.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.server.monitor.StartException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A running Plimsoll, asked about alerts. */
final class AlertServer {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final int GOOD = 200;
    private static final int BAD = 400;
    private static final int UNAVAILABLE = 503;

    @Mixin
    private ServerConnection connection = new ServerConnection();

    private final ObjectMapper json = new ObjectMapper();

    AlertServer() {}

    /** The path with those parameters that are not empty. */
    static String path(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The body of a good answer.
     *
     * @param method GET, POST or DELETE
     * @param body null: none
     * @throws UsageException where the server says that the request is at fault
     * @throws StartException where it does not answer or cannot
     */
    JsonNode ask(String method, String path, @Nullable JsonNode body) throws InterruptedException {
        try {
            HttpResponse<String> answer = connection
                    .client()
                    .send(
                            request(path)
                                    .method(
                                            method,
                                            body == null
                                                    ? HttpRequest.BodyPublishers.noBody()
                                                    : HttpRequest.BodyPublishers.ofString(body.toString()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            refuse(answer.statusCode(), answer.body());
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * Reads a stream of events until it ends.
     *
     * @param lastEventId null: from the beginning
     * @param lines takes its lines
     * @param within the stream is left after this time
     * @return false if the time is up
     * @throws IOException where the connection fails
     */
    boolean follow(String path, @Nullable String lastEventId, Flow.Subscriber<String> lines, Duration within)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        Future<HttpResponse<String>> answer = connection
                .client()
                .sendAsync(
                        request.build(),
                        head -> head.statusCode() == GOOD
                                ? HttpResponse.BodySubscribers.fromLineSubscriber(
                                        lines, each -> "", StandardCharsets.UTF_8, null)
                                : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8));
        try {
            HttpResponse<String> over = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
            if (over.statusCode() == UNAVAILABLE) {
                throw new IOException(detail(over.body()));
            }
            refuse(over.statusCode(), over.body());
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            answer.cancel(true);
        }
    }

    StartException unreachable(IOException e) {
        return new StartException("no Plimsoll answers at " + connection.server() + " (--server): " + e, e);
    }

    private HttpRequest.Builder request(String path) {
        return connection.request(path).timeout(ANSWER_WITHIN);
    }

    private void refuse(int status, String body) {
        if (status >= BAD && status < 500) {
            throw new UsageException(detail(body));
        }
        if (status >= 300) {
            throw new StartException(connection.server() + " answers: " + detail(body), new IllegalStateException());
        }
    }

    private String detail(String body) {
        try {
            return json.readTree(body).path("detail").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
