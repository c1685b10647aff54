package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.hyperliquid.LocalHyperliquid;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./plimsoll run} with a connector in its settings, in a process of its own, on somebody's Kafka and registry. */
class RunWithConnectorIT {

    private static final int ACCOUNTS = 4;
    private static final int MARKETS = 3;
    private static final int PARTITIONS = 1;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final int port = EmbeddedKafka.freePort();

    @Test
    @Timeout(1_200)
    void shouldHoldWhatTheVenueHolds(@TempDir Path dir) throws Exception {
        try (Scene scene = new Scene(dir, PARTITIONS, Map.of());
                HttpServer registry = HttpServer.start(scene.config("registry", Map.of()), scene.registry());
                LocalHyperliquid venue = new LocalHyperliquid(11, ACCOUNTS)) {
            venue.trade();
            Path config = config(dir, scene, registry, venue);
            try (OwnProcess process = new OwnProcess(dir, "run", "run", "--config", config.toString())) {
                awaitHeld(scene, process, venue);
                scene.await("a connector that runs, and the states of its markets")
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .untilAsserted(() -> {
                            assertThat(ask("/health/ready")
                                            .path("connectors")
                                            .path("venue")
                                            .textValue())
                                    .isEqualTo("RUNNING");
                            // Published at its interval, which is later than the accounts are read.
                            assertThat(ask("/api/v1/markets").path("markets")).hasSize(MARKETS);
                        });

                venue.trade();

                awaitHeld(scene, process, venue);
            }
            assertThat(venue.complaints()).isEmpty();
        }
    }

    private Path config(Path dir, Scene scene, HttpServer registry, LocalHyperliquid venue) throws IOException {
        String connector = venue.settings().entrySet().stream()
                .map(setting -> "    " + setting.getKey() + ": \"" + setting.getValue() + "\"\n")
                .collect(Collectors.joining());
        return Files.writeString(
                dir.resolve("plimsoll.yaml"),
                """
                applicationId: fed
                dataDir: %s
                threads: 1
                http: {port: %d}
                schemaRegistry: {url: "http://127.0.0.1:%d"}
                monitor: {partitions: %d}
                kafka:
                  bootstrap.servers: %s
                connect:
                  venue:
                    connector.class: io.plimsoll.connectors.hyperliquid.HyperliquidSourceConnector
                """.formatted(dir.resolve("monitor"), port, registry.port(), PARTITIONS, scene.bootstrapServers())
                        + connector);
    }

    /** Every position of every account, as the monitor's own state has it. */
    private void awaitHeld(Scene scene, OwnProcess process, LocalHyperliquid venue) {
        Map<String, Double> wanted = venue.positions();
        assertThat(wanted).isNotEmpty();
        scene.await("what the venue holds")
                .pollInterval(Duration.ofMillis(200))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the program ended: " + process.log());
                    }
                })
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(held(wanted)).isEqualTo(wanted));
    }

    private Map<String, Double> held(Map<String, Double> wanted) throws IOException, InterruptedException {
        Map<String, Double> sizes = new TreeMap<>();
        TreeSet<String> accounts = new TreeSet<>();
        wanted.keySet().forEach(key -> accounts.add(key.substring(0, key.lastIndexOf(':'))));
        for (String account : accounts) {
            for (JsonNode position : ask("/api/v1/accounts/" + account).path("positions")) {
                sizes.put(
                        account + ":" + position.path("symbol").textValue(),
                        position.path("contracts").doubleValue());
            }
        }
        return sizes;
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return json.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
