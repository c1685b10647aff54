package io.plimsoll.server.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** Takes alerts as Alertmanager does, or as it does on a bad day. */
public final class FakeAlertmanager implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> delivered = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** Takes what answers each request, by its body; those answered 200 are delivered. */
    public FakeAlertmanager(int port, ToIntFunction<JsonNode> status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/api/v2/alerts", exchange -> {
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            int code = exchange.getRequestMethod().equals("POST") ? status.applyAsInt(body) : 405;
            if (code == 200) {
                body.forEach(delivered::add);
            }
            byte[] answer = (code == 200 ? "" : "\"no such\n label\"").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was taken of a rule, in order. */
    public List<JsonNode> delivered(String rule) {
        return delivered.stream()
                .filter(alert -> alert.at("/labels/alertname").asText().equals(rule))
                .toList();
    }

    /** The same, of one subject, as the moments of their records. */
    public List<String> moments(String rule, String subject) {
        return delivered(rule).stream()
                .filter(alert -> alert.at("/labels/subject").asText().equals(subject))
                .map(alert -> alert.at("/annotations/as_of").asText())
                .toList();
    }

    public List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
