package io.plimsoll.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.RecordingWriter;
import io.plimsoll.connectors.sim.MarketModel;
import io.plimsoll.connectors.sim.SimulatorSettings;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.http.HttpServer;
import io.plimsoll.server.rules.DefaultRules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules on a real broker, as a user types the commands. */
class RulesCommandIT {

    private static final long START_MS = 1_767_225_600_000L;

    @TempDir
    private static Path folder;

    private static final EmbeddedRegistry REGISTRY = EmbeddedRegistry.inMemory();
    private static EmbeddedKafka kafka;
    private static HttpServer http;

    @BeforeAll
    static void start() {
        AvroSerdes.trustOwnRecords();
        kafka = EmbeddedKafka.startTemporary();
        http = HttpServer.start(config(), REGISTRY);
    }

    @AfterAll
    static void stop() {
        http.close();
        kafka.close();
    }

    @Test
    @Timeout(900)
    void shouldBringAFileIntoForceAndSayWhatHasChanged() throws Exception {
        Path file = folder.resolve("rules.yaml");
        int size = DefaultRules.rules().size();
        Files.writeString(file, DefaultRules.yaml());

        List<String> first = lines("apply", file.toString());
        List<String> again = lines("apply", file.toString());
        List<String> listed = lines("list");

        assertThat(first)
                .hasSize(size + 1)
                .contains("added    deleveraging")
                .last()
                .asString()
                .isEqualTo("plimsoll.rules: " + size
                        + " added, 0 changed, 0 the same, 0 not in the file and kept (--prune removes them)");
        assertThat(again.get(size)).startsWith("plimsoll.rules: 0 added, 0 changed, " + size + " the same");
        assertThat(listed)
                .hasSizeGreaterThan(size)
                .anySatisfy(line -> assertThat(line)
                        .matches("feed-silent +critical +feed +prices:\\*,depth:\\* +silenceMs above 30s, until 10s"));

        Files.writeString(file, """
                rules:
                  - id: feed-silent
                    summary: Nothing comes.
                    kind: feed
                    when: {metric: silenceMs, above: 5s}
                    severity: info
                """);

        List<String> kept = lines("apply", file.toString());
        List<String> pruned = lines("apply", file.toString(), "--prune");
        List<String> left = lines("list");

        assertThat(kept).hasSize(size + 1).contains("changed  feed-silent", "kept     deleveraging");
        assertThat(pruned).hasSize(size + 1).contains("same     feed-silent", "removed  deleveraging");
        assertThat(left).hasSize(2).last().asString().contains("feed-silent", "info", "silenceMs above 5s");
    }

    @Test
    @Timeout(900)
    void shouldPassOverARecordThatIsNoRule() {
        lines("list");
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    Topics.RULES.name(), "strange".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}));
        }

        assertThat(lines("list")).noneSatisfy(line -> assertThat(line).contains("strange"));
    }

    @Test
    @Timeout(900)
    void shouldSayWhatOfARecordingWouldHaveFired() throws Exception {
        Path recording = folder.resolve("minute.jsonl.gz");
        try (RecordingWriter writer = new RecordingWriter(recording)) {
            MarketModel model = new MarketModel(new SimulatorSettings(5, 200, 3, 1), writer, START_MS);
            model.publishAll();
            for (int i = 0; i < 60_000 / MarketModel.STEP_MS; i++) {
                model.step();
            }
        }
        Path file = Files.writeString(folder.resolve("tested.yaml"), """
                rules:
                  - id: leveraged
                    summary: There is leverage.
                    kind: market
                    when: {metric: leverage, above: 0}
                    hold: 20s
                    severity: info
                  - id: never
                    summary: There is none.
                    kind: market
                    when: {metric: leverage, below: 0}
                    severity: critical
                """);

        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Plimsoll.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("rules", "test", file.toString(), "--speed", "20x", "--replay", recording.toString());

        assertThat(code).describedAs(err.toString()).isEqualTo(ExitCode.OK);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(4).last().isEqualTo("3 fired, 0 of them were over by the end");
        assertThat(lines.subList(0, 3)).allSatisfy(line -> {
            assertThat(line)
                    .matches("2026-01-01T00:00:\\d\\d\\S* +info +firing +leveraged +sim:\\S+ +Leverage of sim:.*");
            long secondsIn = Instant.parse(line.split(" ")[0]).getEpochSecond() - START_MS / 1000;
            assertThat(secondsIn).describedAs(line).isBetween(20L, 30L);
        });
    }

    private static List<String> lines(String command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("rules", command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap", kafka.bootstrapServers(), "--registry", "http://127.0.0.1:" + http.port()));

        int code = Plimsoll.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));

        assertThat(code).describedAs(err.toString()).isEqualTo(ExitCode.OK);
        return out.toString().lines().toList();
    }

    private static PlimsollConfig config() {
        return ConfigReader.read(
                null,
                Map.of(
                        "PLIMSOLL_HTTP_PORT", "0",
                        "PLIMSOLL_DATA_DIR", folder.toString(),
                        "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));
    }
}
