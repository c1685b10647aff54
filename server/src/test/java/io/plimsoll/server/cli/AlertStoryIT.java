package io.plimsoll.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.it.TopicReader;
import io.plimsoll.server.monitor.TopicCreation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A night with one alert: a rule is applied, the price runs, somebody takes it up, silences it, and it is over. */
class AlertStoryIT {

    private static final String MARKET = "desk:BTC";
    private static final String SUBJECT = "subject=desk:BTC";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void shouldTellAnAlertFromTheRuleToItsEndWhereverOneLooks() throws Exception {
        AvroSerdes.trustOwnRecords();
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            PlimsollConfig config = config(kafka);
            TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
            try (RecordSink sink = new KafkaRecordSink(config.kafka(), registry.client());
                    PlimsollServer server = PlimsollServer.start(config, registry.client(), registry);
                    TopicReader<Alert> topic = new TopicReader<>(
                            kafka.bootstrapServers(),
                            Topics.ALERTS.name(),
                            new AvroSerdes(registry.client()).of(Topics.ALERTS).deserializer())) {
                writeMarket(sink);
                assertThat(server.awaitReady()).isTrue();
                apply(kafka, server);
                List<JsonNode> told = new CopyOnWriteArrayList<>();
                try (Stream<String> stream = stream(server)) {
                    follow(stream, told);

                    // The rule is in force within a moment of its own: the price goes on until it is met.
                    double[] price = {120};
                    patiently().until(() -> {
                        write(sink, price[0]++);
                        return !records(topic).isEmpty();
                    });
                    Alert firing = records(topic).get(0);
                    assertThat(firing.getStatus()).isEqualTo(AlertStatus.FIRING);
                    assertThat(firing.getSubject()).isEqualTo(MARKET);
                    assertThat(firing.getReadings().get(0).getValue()).isGreaterThanOrEqualTo(120);
                    awaitEverywhere(server, told, topic, 0, "FIRING", null);

                    post(server, firing.getId() + "/ack", "{\"by\":\"ann\",\"reason\":\"on it\"}");
                    awaitEverywhere(server, told, topic, 1, "FIRING", "ann");

                    long beforeMs = System.currentTimeMillis();
                    post(server, firing.getId() + "/silence", "{\"by\":\"bob\",\"reason\":\"known\",\"for\":\"1h\"}");
                    JsonNode silenced = awaitEverywhere(server, told, topic, 2, "FIRING", "ann");
                    assertThat(silenced.path("silencedUntilMs").asLong())
                            .isBetween(beforeMs + 3_600_000, System.currentTimeMillis() + 3_600_000);

                    write(sink, 100);
                    JsonNode over = awaitEverywhere(server, told, topic, 3, "RESOLVED", "ann");
                    assertThat(over.path("sentence").asText())
                            .startsWith("Over at ")
                            .contains("Taken up by ann.");

                    assertThat(records(topic))
                            .extracting(Alert::getId, Alert::getSequence, Alert::getStatus, Alert::getAcknowledgedBy)
                            .containsExactly(
                                    tuple(firing.getId(), 0, AlertStatus.FIRING, null),
                                    tuple(firing.getId(), 1, AlertStatus.FIRING, "ann"),
                                    tuple(firing.getId(), 2, AlertStatus.FIRING, "ann"),
                                    tuple(firing.getId(), 3, AlertStatus.RESOLVED, "ann"));
                }
            }
        }
    }

    private static void apply(EmbeddedKafka kafka, PlimsollServer server) throws Exception {
        Path file = Files.createTempFile("rules", ".yaml");
        Files.writeString(file, """
                rules:
                  - id: price-high
                    summary: The price has run away.
                    kind: market
                    subjects: "desk:*"
                    when: {metric: markPrice, above: 110, until: 105}
                    severity: critical
                """);
        StringWriter err = new StringWriter();
        int code = Plimsoll.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(
                        "rules",
                        "apply",
                        file.toString(),
                        "--bootstrap",
                        kafka.bootstrapServers(),
                        "--registry",
                        "http://127.0.0.1:" + server.port());
        Files.delete(file);
        assertThat(code).describedAs(err.toString()).isEqualTo(ExitCode.OK);
    }

    /** Waits until the topic, the board and the stream say so; gives what the stream says. */
    private static JsonNode awaitEverywhere(
            PlimsollServer server,
            List<JsonNode> told,
            TopicReader<Alert> topic,
            int sequence,
            String status,
            String acknowledgedBy) {
        patiently().untilAsserted(() -> {
            Alert written = records(topic).get(sequence);
            assertThat(written.getSequence()).isEqualTo(sequence);
            assertThat(written.getStatus().name()).isEqualTo(status);
            assertThat(written.getAcknowledgedBy()).isEqualTo(acknowledgedBy);
        });
        patiently().untilAsserted(() -> {
            JsonNode board = JSON.readTree(get(server, "/api/v1/alerts?" + SUBJECT));
            assertThat(board.path("alerts")).hasSize(1);
            assertSays(board.at("/alerts/0"), sequence, status, acknowledgedBy);
        });
        patiently().untilAsserted(() -> assertSays(told.get(told.size() - 1), sequence, status, acknowledgedBy));
        return told.get(told.size() - 1);
    }

    private static void assertSays(JsonNode alert, int sequence, String status, String acknowledgedBy) {
        assertThat(alert.path("sequence").asInt()).isEqualTo(sequence);
        assertThat(alert.path("status").asText()).isEqualTo(status);
        assertThat(alert.path("acknowledgedBy").textValue()).isEqualTo(acknowledgedBy);
    }

    /** The records of the market's alert, in order, each once: a record may come twice with the same number. */
    private static List<Alert> records(TopicReader<Alert> topic) {
        Map<String, Alert> bySequence = new LinkedHashMap<>();
        for (ConsumerRecord<String, Alert> record : topic.all()) {
            if (record.key().equals("price-high|" + MARKET)) {
                bySequence.put(record.value().getId() + record.value().getSequence(), record.value());
            }
        }
        return new ArrayList<>(bySequence.values());
    }

    private static void follow(Stream<String> stream, List<JsonNode> told) {
        Thread thread = new Thread(() -> {
            try {
                stream.filter(line -> line.startsWith("data: ")).forEach(line -> {
                    JsonNode data = json(line.substring("data: ".length()));
                    if (data.has("ruleId")) {
                        told.add(data);
                    }
                });
            } catch (RuntimeException closed) {
                // The test has what it wanted.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> stream(PlimsollServer server) throws Exception {
        List<HttpResponse<Stream<String>>> opened = new ArrayList<>();
        // A problem until the board has been read.
        patiently().until(() -> {
            HttpResponse<Stream<String>> answer = CLIENT.send(
                    request(server, "/api/v1/alerts/stream?" + SUBJECT).build(), HttpResponse.BodyHandlers.ofLines());
            opened.add(answer);
            return answer.statusCode() == 200;
        });
        return opened.get(opened.size() - 1).body();
    }

    private static String get(PlimsollServer server, String path) throws Exception {
        HttpResponse<String> answer = CLIENT.send(request(server, path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void post(PlimsollServer server, String action, String body) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request(server, "/api/v1/alerts/" + action)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(202);
    }

    private static HttpRequest.Builder request(PlimsollServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static ConditionFactory patiently() {
        return await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions();
    }

    private static void write(RecordSink sink, double mark) {
        sink.write(
                Topics.PRICES.name(),
                MARKET,
                System.currentTimeMillis(),
                new Price("desk", "BTC", mark, null, null, null, null, 1.0, null, null));
        sink.flush();
    }

    /** A long of one coin, far from its line. */
    private static void writeMarket(RecordSink sink) {
        long nowMs = System.currentTimeMillis();
        sink.write(
                Topics.INSTRUMENTS.name(),
                MARKET,
                nowMs,
                new Instrument(
                        "desk",
                        "BTC",
                        ContractKind.LINEAR_PERPETUAL,
                        "BTC",
                        "USDC",
                        "USDC",
                        1.0,
                        5,
                        List.of(new MarginTier(0.0, 0.01, null, 50.0)),
                        null,
                        TriggerPrice.MARK,
                        OpenInterestUnit.BASE,
                        OpenInterestSides.SINGLE,
                        0.0001,
                        0.0005,
                        MarginModel.GENERIC,
                        0.0,
                        0.0,
                        8,
                        false));
        sink.write(
                Topics.COLLATERAL.name(),
                "desk:one:USDC",
                nowMs,
                new Collateral("desk", "one", "USDC", 1_000.0, 1.0, 1.0, null, null));
        Position position = new Position();
        position.setVenue("desk");
        position.setAccount("one");
        position.setSymbol("BTC");
        position.setSize(1.0);
        position.setEntryPrice(100.0);
        position.setMarginMode(MarginMode.CROSS);
        sink.write(Topics.POSITIONS.name(), "desk:one:BTC", nowMs, position);
        write(sink, 100);
    }

    private PlimsollConfig config(EmbeddedKafka kafka) {
        return ConfigReader.read(
                null,
                Map.of(
                        "PLIMSOLL_HTTP_PORT",
                        "0",
                        "PLIMSOLL_THREADS",
                        "1",
                        "PLIMSOLL_TOPICS_PARTITIONS",
                        "2",
                        "PLIMSOLL_MONITOR_PARTITIONS",
                        "2",
                        "PLIMSOLL_DATA_DIR",
                        folder.toString(),
                        "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers()));
    }
}
