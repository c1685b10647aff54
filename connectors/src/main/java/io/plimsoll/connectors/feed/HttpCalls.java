package io.plimsoll.connectors.feed;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends requests without waiting; answers come to the inbox. */
public final class HttpCalls {

    private final HttpClient client;
    private final Inbox inbox;
    private final URI uri;
    private final Duration timeout;

    /** @param uri the address that calls go to, to which the target of each is added */
    public HttpCalls(HttpClient client, Inbox inbox, URI uri, Duration timeout) {
        this.client = client;
        this.inbox = inbox;
        this.uri = uri;
        this.timeout = timeout;
    }

    /** Sends a request; exactly one event of it comes. */
    public void send(HttpCall call) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri + call.target())).timeout(timeout);
        call.headers().forEach(request::header);
        String body = call.body();
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        var unused = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .whenComplete((response, failure) -> inbox.put(
                        failure == null
                                ? new FeedEvent.Answer(
                                        call, response.statusCode(), response.body(), retryAfterMs(response))
                                : new FeedEvent.Unanswered(call, reason(failure))));
    }

    private static @Nullable Long retryAfterMs(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,6}") ? Long.valueOf(Long.parseLong(seconds) * 1_000) : null;
    }

    static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
