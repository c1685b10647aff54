package io.plimsoll.server.alerts;

import io.plimsoll.server.config.PlimsollConfig.WebhookConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Puts one request to the receiver and says what became of it. One thread sends; another may close. */
final class WebhookClient implements AutoCloseable {

    private static final String PATH = "/api/v2/alerts";
    private static final int LONGEST_REASON = 300;

    /** These speak of the request's content: the same request would be refused for ever. All others may pass by. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

    /** What became of a request. */
    enum Outcome {
        /** It was taken. */
        TAKEN,
        /** It never will be. */
        REFUSED,
        /** Perhaps another time. */
        FAILED
    }

    /**
     * An answer, or the lack of one.
     *
     * @param kind timeout, connection or the status; one of few
     * @param detail in a few words; never the token
     */
    record Answer(Outcome outcome, String kind, String detail) {}

    private final HttpClient http;
    private final URI uri;
    private final WebhookConfig config;
    private final AtomicReference<@Nullable CompletableFuture<HttpResponse<byte[]>>> running = new AtomicReference<>();
    private volatile boolean closed;

    WebhookClient(WebhookConfig config) {
        this.config = config;
        this.uri = URI.create(config.url().trim().replaceAll("/+$", "") + PATH);
        this.http = HttpClient.newBuilder()
                .connectTimeout(config.timeout())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    Answer post(String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(config.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (config.token() != null) {
            request.header("Authorization", "Bearer " + config.token());
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        running.set(answer);
        try {
            if (closed) {
                return failed("closed", "closed");
            }
            // The request's own timeout ends with the answer's head.
            return answer(answer.get(2 * config.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof HttpTimeoutException
                    ? failed("timeout", "no answer within " + config.timeout().toMillis() + " ms")
                    : failed("connection", String.valueOf(cause));
        } catch (TimeoutException e) {
            return failed("timeout", "an answer without end");
        } catch (CancellationException e) {
            return failed("closed", "closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("closed", "interrupted");
        } finally {
            answer.cancel(true);
            running.set(null);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String body =
                new String(response.body(), StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
        String detail = "HTTP " + status + (body.isEmpty() ? "" : ": " + shortened(body));
        if (status >= 200 && status < 300) {
            return new Answer(Outcome.TAKEN, Integer.toString(status), detail);
        }
        return new Answer(
                REFUSALS.contains(status) ? Outcome.REFUSED : Outcome.FAILED, Integer.toString(status), detail);
    }

    private static Answer failed(String kind, String detail) {
        return new Answer(Outcome.FAILED, kind, detail);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + " ...";
    }

    /** Gives up a request that is under way. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<HttpResponse<byte[]>> request = running.get();
        if (request != null) {
            request.cancel(true);
        }
    }
}
