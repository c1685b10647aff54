package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.plimsoll.connectors.hyperliquid.LocalHyperliquid;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Position;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo with a live feed, as on the command line, killed without warning. */
class LiveDemoIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ADDRESSES =
            Pattern.compile("Kafka for your own readers: (\\S+), schema registry: http://localhost:(\\d+)");

    @TempDir
    private Path dir;

    /** A running demo. */
    private record Demo(OwnProcess process, String bootstrapServers, String http) {

        TopicReader<Position> positions() {
            AvroSerdes serdes = new AvroSerdes(new CachedSchemaRegistryClient(http, 100));
            return new TopicReader<>(
                    bootstrapServers,
                    Topics.POSITIONS.name(),
                    serdes.of(Topics.POSITIONS).deserializer(),
                    "read_committed");
        }

        String get(String path) throws IOException, InterruptedException {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(http + path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private Demo start(String name, LocalHyperliquid venue) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "demo",
                "--live",
                "hyperliquid",
                "--port",
                "0",
                "--data-dir",
                dir.resolve("data").toString()));
        venue.settings()
                .forEach(
                        (setting, value) -> arguments.addAll(List.of("--set", "hyperliquid." + setting + "=" + value)));
        OwnProcess process = new OwnProcess(dir, name, arguments.toArray(String[]::new));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || process.output().contains("Ctrl-C stops it"));
        Matcher addresses = ADDRESSES.matcher(process.output());
        assertThat(addresses.find())
                .describedAs(process.output() + process.log())
                .isTrue();
        assertThat(process.output()).contains("live: hyperliquid").doesNotContain("simulated");
        return new Demo(process, addresses.group(1), "http://127.0.0.1:" + addresses.group(2));
    }

    private static void awaitPositions(TopicReader<Position> reader, LocalHyperliquid venue) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Double> sizes = new TreeMap<>();
            reader.latest().forEach((key, position) -> {
                if (position != null) {
                    sizes.put(key, position.getSize());
                }
            });
            assertThat(sizes).isEqualTo(venue.positions());
        });
    }

    @Test
    @Timeout(400)
    void shouldShowALiveVenueAndGoOnAfterAKill() throws Exception {
        try (LocalHyperliquid venue = new LocalHyperliquid(11, 6)) {
            venue.trade();
            venue.trade();
            Demo first = start("first", venue);
            try (OwnProcess process = first.process();
                    TopicReader<Position> positions = first.positions()) {
                awaitPositions(positions, venue);
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(first.get("/health/ready")).contains("\"connectors\":{\"hyperliquid\":\"RUNNING\"}");
                    assertThat(first.get("/metrics")).contains("plimsoll_connector_up{connector=\"hyperliquid\"} 1");
                    assertThat(first.get("/api/v1/markets")).contains("hyperliquid", "BTC", "kPEPE");
                });
                venue.trade();
                process.kill();
            }
            venue.trade();

            Demo second = start("second", venue);
            try (OwnProcess process = second.process();
                    TopicReader<Position> positions = second.positions()) {
                awaitPositions(positions, venue);

                Map<String, String> last = new HashMap<>();
                for (ConsumerRecord<String, Position> record : positions.all()) {
                    String content = record.timestamp() + " " + record.value();
                    assertThat(last.put(record.key(), content)).isNotEqualTo(content);
                }
                assertThat(process.isAlive()).isTrue();
            }
        }
    }
}
