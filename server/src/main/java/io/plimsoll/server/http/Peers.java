package io.plimsoll.server.http;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Asks other instances, side by side, each within a deadline and not more often than it can bear. */
final class Peers {

    static final int OK = 200;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 32;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** For the answer's way back and what is done with it. */
    private static final double SHARE_FOR_PEERS = 0.9;

    private final HttpClient client;
    private final PeerLink link;
    private final Map<HostInfo, PeerGate> gates = new ConcurrentHashMap<>();

    Peers(PeerLink link) {
        this.client = link.client()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build();
        this.link = link;
    }

    /** An instance's answer as it came. */
    record Answer(int status, String contentType, String body) {}

    /**
     * What came of asking.
     *
     * @param answer null: none came
     * @param trouble why none came; null: one came
     */
    record Reply(
            HostInfo instance,
            @Nullable Answer answer,
            @Nullable Trouble trouble) {}

    /**
     * Asks one instance; other requests may be sent meanwhile.
     *
     * @param pathAndQuery as it is written in a request, or as people type it
     * @param copies with scope COPY: parts that are asked for
     * @return completed before the deadline, with a reply in any case
     */
    CompletableFuture<Reply> ask(
            HostInfo instance, String pathAndQuery, Scope scope, Deadline deadline, @Nullable String copies) {
        PeerGate gate = gates.computeIfAbsent(instance, unknown -> new PeerGate(MOST_AT_ONCE, PAUSE, System::nanoTime));
        Trouble refused = gate.enter();
        if (refused != null) {
            return CompletableFuture.completedFuture(new Reply(instance, null, refused));
        }
        try {
            long withinMs = Math.max(1, deadline.part(SHARE_FOR_PEERS).leftMs());
            CompletableFuture<HttpResponse<String>> sent = client.sendAsync(
                    request(instance, pathAndQuery, scope, withinMs, copies), HttpResponse.BodyHandlers.ofString());
            // The request's own timeout ends with the headers; a body may hang as well.
            return sent.copy().orTimeout(withinMs, TimeUnit.MILLISECONDS).handle((response, error) -> {
                sent.cancel(true);
                Reply reply = error == null ? answered(instance, response) : new Reply(instance, null, trouble(error));
                gate.leave(reply.trouble() != Trouble.TIMEOUT);
                return reply;
            });
        } catch (RuntimeException e) {
            gate.leave(true);
            throw e;
        }
    }

    private static Reply answered(HostInfo instance, HttpResponse<String> response) {
        return new Reply(
                instance,
                new Answer(
                        response.statusCode(),
                        response.headers().firstValue("content-type").orElse("application/json"),
                        response.body()),
                null);
    }

    private static Trouble trouble(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                ? Trouble.TIMEOUT
                : Trouble.UNREACHABLE;
    }

    private HttpRequest request(
            HostInfo instance, String pathAndQuery, Scope scope, long withinMs, @Nullable String copies) {
        String scoped =
                pathAndQuery + (pathAndQuery.contains("?") ? "&" : "?") + Parameters.SCOPE + "=" + scope.label();
        HttpRequest.Builder request = CallersCredentials.on(
                        HttpRequest.newBuilder(URI.create(link.scheme() + name(instance) + escaped(scoped))))
                .header(Deadline.HEADER, Long.toString(withinMs))
                .timeout(Duration.ofMillis(withinMs));
        return (copies == null ? request : request.header(Gathering.PARTS_HEADER, copies)).build();
    }

    /** Escapes what people type into addresses and no address may contain. */
    static String escaped(String typed) {
        StringBuilder escaped = new StringBuilder();
        typed.codePoints().forEach(code -> {
            if (code < 0x7f && code > ' ' && "\"<>\\^`{|}[]".indexOf(code) < 0) {
                escaped.appendCodePoint(code);
            } else {
                escaped.append(URLEncoder.encode(Character.toString(code), StandardCharsets.UTF_8)
                        .replace("+", "%20"));
            }
        });
        return escaped.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }

    static String name(HostInfo instance) {
        return instance.host() + ":" + instance.port();
    }
}
