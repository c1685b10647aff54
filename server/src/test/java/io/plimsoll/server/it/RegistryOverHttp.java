package io.plimsoll.server.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Confluent's registry over HTTP as a monitor in another process needs: subjects, registering, ids. */
final class RegistryOverHttp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("/schemas/ids/(\\d+)");
    private static final Pattern VERSIONS = Pattern.compile("/subjects/([^/]+)/versions");

    private final EmbeddedRegistry registry;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RegistryOverHttp(EmbeddedRegistry registry) throws IOException {
        this.registry = registry;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher id = ID.matcher(path);
        Matcher versions = VERSIONS.matcher(path);
        if (path.equals("/subjects")) {
            send(exchange, 200, JSON.writeValueAsString(registry.subjects()));
        } else if (id.matches()
                && registry.schema(Integer.parseInt(id.group(1))).isPresent()) {
            String schema = registry.schema(Integer.parseInt(id.group(1))).orElseThrow();
            send(exchange, 200, JSON.createObjectNode().put("schema", schema).toString());
        } else if (versions.matches() && exchange.getRequestMethod().equals("POST")) {
            String schema =
                    JSON.readTree(exchange.getRequestBody()).get("schema").asText();
            try {
                int known = registry.client().register(versions.group(1), new AvroSchema(schema));
                send(exchange, 200, JSON.createObjectNode().put("id", known).toString());
            } catch (RestClientException e) {
                send(exchange, e.getStatus(), error(e.getErrorCode(), String.valueOf(e.getMessage())));
            }
        } else {
            send(exchange, 404, error(40403, path + " not found"));
        }
    }

    private static String error(int code, String message) {
        return JSON.createObjectNode()
                .put("error_code", code)
                .put("message", message)
                .toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
