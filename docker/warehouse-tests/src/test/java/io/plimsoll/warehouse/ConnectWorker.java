package io.plimsoll.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A worker of Kafka Connect in a JVM of its own, as Kafka ships it, which can be killed. */
final class ConnectWorker implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int REBALANCING = 409;

    private final Process process;
    private final int port;
    private final Path log;

    private ConnectWorker(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param environment what connectors' configurations refer to
     */
    static ConnectWorker start(Path dir, String name, String bootstrapServers, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        Path settings = Files.writeString(dir.resolve(name + ".properties"), settings(bootstrapServers, port));
        Path log = dir.resolve(name + ".log");
        Path tests = Folders.docker().resolve("warehouse-tests");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // Nothing may hang on where the worker stands.
                        "-Duser.timezone=America/New_York",
                        "-cp",
                        tests.resolve("target/test-classes/worker") + ":" + tests.resolve("worker/target/lib") + "/*",
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        ConnectWorker worker = new ConnectWorker(builder.start(), port, log);
        Awaitility.await("the worker answers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .failFast("it has ended, see " + log, () -> !worker.process.isAlive())
                .ignoreExceptions()
                .until(() -> worker.call("GET", "/connectors", "").isArray());
        return worker;
    }

    private static String settings(String bootstrapServers, int port) {
        return """
                bootstrap.servers=%s
                group.id=warehouse
                key.converter=org.apache.kafka.connect.storage.StringConverter
                value.converter=org.apache.kafka.connect.storage.StringConverter
                config.storage.topic=warehouse-configs
                offset.storage.topic=warehouse-offsets
                status.storage.topic=warehouse-status
                config.storage.replication.factor=1
                offset.storage.replication.factor=1
                offset.storage.partitions=1
                status.storage.replication.factor=1
                status.storage.partitions=1
                scheduled.rebalance.max.delay.ms=0
                session.timeout.ms=6000
                heartbeat.interval.ms=1500
                consumer.session.timeout.ms=6000
                offset.flush.interval.ms=1000
                listeners=http://127.0.0.1:%d
                plugin.path=%s
                plugin.discovery=service_load
                config.providers=env
                config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
                config.providers.env.param.allowlist.pattern=^WAREHOUSE_.*
                """.formatted(bootstrapServers, port, Folders.docker().resolve("target/plugins"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Where its REST interface is. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Registers a connector of docker/connect/sinks as it is there, but for settings that only set a pace. */
    void register(String name, Map<String, String> pace) throws IOException, InterruptedException {
        ObjectNode settings = (ObjectNode)
                JSON.readTree(Folders.sinks().resolve(name + ".json").toFile()).get("config");
        pace.forEach(settings::put);
        call("PUT", "/connectors/" + name + "/config", settings.toString());
    }

    /** Failed tasks by name, with the reason. */
    Map<String, String> failures() throws IOException, InterruptedException {
        Map<String, String> failures = new java.util.TreeMap<>();
        call("GET", "/connectors?expand=status", "").properties().forEach(connector -> {
            for (JsonNode task : connector.getValue().at("/status/tasks")) {
                if (task.path("state").asText().equals("FAILED")) {
                    failures.put(connector.getKey(), task.path("trace").asText());
                }
            }
        });
        return failures;
    }

    /** Asks again where the worker says that it is about to rebalance: after each change of a connector it may be. */
    JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        long startNs = System.nanoTime();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        while (answer.statusCode() == REBALANCING && System.nanoTime() - startNs < PATIENCE.toNanos()) {
            answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        }
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
