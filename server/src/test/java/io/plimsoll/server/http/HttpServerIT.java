package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
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
import io.plimsoll.server.monitor.TopicCreation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances over one broker: whichever is asked, the answer is the same. */
class HttpServerIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final List<String> SYMBOLS = List.of("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH");
    private static final double CONTRACT_MULTIPLIER = 0.5;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path dir;

    private static final List<AutoCloseable> OPENED = new ArrayList<>();
    private static EmbeddedRegistry registry;
    private static PlimsollServer first;
    private static PlimsollServer second;

    @BeforeAll
    static void startTwoInstances() {
        AvroSerdes.trustOwnRecords();
        EmbeddedKafka kafka = opened(EmbeddedKafka.startTemporary());
        registry = EmbeddedRegistry.inMemory();
        PlimsollConfig config = config(kafka, "one");
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        writeInputs(opened(new KafkaRecordSink(config.kafka(), registry.client())));
        first = opened(PlimsollServer.start(config, registry.client(), registry));
        second = opened(PlimsollServer.start(config(kafka, "two"), registry.client(), null));
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            for (PlimsollServer server : List.of(first, second)) {
                assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
                JsonNode markets = json(server, "/api/v1/markets");
                assertThat(markets.get("missing")).isEmpty();
                assertThat(markets.get("markets").findValuesAsText("longPositions"))
                        .hasSize(SYMBOLS.size())
                        .containsOnly("1");
                JsonNode system = json(server, "/api/v1/system?subject=system");
                assertThat(system.get("longPositions").asInt()).isEqualTo(SYMBOLS.size());
            }
            assertThat(json(first, "/api/v1/markets?scope=local").get("markets").size())
                    .describedAs("each instance holds a part")
                    .isBetween(1, SYMBOLS.size() - 1);
        });
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = OPENED.size() - 1; i >= 0; i--) {
            OPENED.get(i).close();
        }
    }

    @Test
    void shouldAnswerForEveryMarketOnEveryInstance() throws Exception {
        for (PlimsollServer server : List.of(first, second)) {
            for (String symbol : SYMBOLS) {
                JsonNode market = json(server, "/api/v1/markets/v:" + symbol);

                assertThat(market.get("id").asText()).isEqualTo("v:" + symbol);
                assertThat(market.get("longSize").asDouble()).isEqualTo(2.0);
                assertThat(market.get("markPrice").asDouble()).isEqualTo(110.0);
                assertThat(market.get("ageMs").asLong()).isGreaterThanOrEqualTo(0);
            }
        }
    }

    @Test
    void shouldValueAnAccountAtTheCurrentMarks() throws Exception {
        for (PlimsollServer server : List.of(first, second)) {
            JsonNode account = json(server, "/api/v1/accounts/v:whale");

            assertThat(account.get("positions")).hasSize(SYMBOLS.size());
            assertThat(account.at("/positions/0/unrealisedUsd").asDouble()).isCloseTo(20.0, within(1e-9));
            assertThat(account.get("notionalUsd").asDouble()).isCloseTo(220.0 * SYMBOLS.size(), within(1e-9));
            assertThat(account.get("equityUsd").asDouble()).isCloseTo(1000.0 + 20.0 * SYMBOLS.size(), within(1e-9));
            assertThat(account.get("marginCashUsd").asDouble()).isCloseTo(900.0, within(1e-9));
        }
    }

    @Test
    void shouldServeWindowsAndLaddersFromEitherInstance() throws Exception {
        for (PlimsollServer server : List.of(first, second)) {
            await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
                JsonNode windows = json(server, "/api/v1/markets/v:AAA/windows?size=1m&from=2020-01-01T00:00:00Z");
                assertThat(windows.at("/windows/0/subject").asText()).isEqualTo("v:AAA");
                JsonNode ladder = json(server, "/api/v1/markets/v:AAA/ladder");
                assertThat(ladder.get("symbol").asText()).isEqualTo("AAA");
            });
            assertThat(json(server, "/api/v1/markets/v:AAA/windows?size=1m&from=0&to=1")
                            .get("windows"))
                    .isEmpty();
        }
    }

    @Test
    void shouldNameNeighboursOfAnUnknownId() throws Exception {
        HttpResponse<String> market = get(first, "/api/v1/markets/v:AAX");
        HttpResponse<String> account = get(first, "/api/v1/accounts/v:whole");

        assertThat(market.statusCode()).isEqualTo(404);
        assertThat(market.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode problem = JSON.readTree(market.body());
        assertThat(problem.get("status").asInt()).isEqualTo(404);
        assertThat(problem.get("detail").asText()).contains("v:AAX");
        assertThat(problem.get("known")).isNotEmpty();
        assertThat(account.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseBadParameters() throws Exception {
        for (String query : List.of("size=7m", "from=yesterday", "from=2026-01-01T00:00:00Z&to=0", "limit=0")) {
            HttpResponse<String> answer = get(first, "/api/v1/markets/v:AAA/windows?" + query);

            assertThat(answer.statusCode()).describedAs(query).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).get("detail").asText()).contains("allowed is");
        }
    }

    @Test
    void shouldServeSchemasAsConfluentsRegistryDoes() throws Exception {
        CachedSchemaRegistryClient client = new CachedSchemaRegistryClient("http://127.0.0.1:" + first.port(), 10);
        String subject = Topics.PRICES.name() + "-value";

        assertThat(client.getAllSubjects()).containsExactlyElementsOf(registry.subjects());
        var latest = client.getLatestSchemaMetadata(subject);
        assertThat(client.getSchemaById(latest.getId()).canonicalString())
                .isEqualTo(registry.client().getSchemaById(latest.getId()).canonicalString());
        assertThat(get(first, "/subjects/nobody-value/versions/latest").statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldServePageMetricsAndHealth() throws Exception {
        assertThat(get(first, "/").body()).contains("<title>Plimsoll");
        assertThat(get(first, "/").headers().firstValue("content-security-policy"))
                .isPresent();
        assertThat(get(first, "/metrics").body()).contains("jvm_memory_used_bytes", "kafka_stream_");
        assertThat(get(first, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(first, "/nowhere").statusCode()).isEqualTo(404);
        assertThat(get(first, "/nowhere").headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    private static void writeInputs(RecordSink sink) {
        long now = System.currentTimeMillis();
        sink.write(
                Topics.COLLATERAL.name(),
                "v:whale:USDC",
                now,
                new Collateral("v", "whale", "USDC", 1000.0, 0.9, 1.0, null));
        for (String symbol : SYMBOLS) {
            sink.write(Topics.INSTRUMENTS.name(), "v:" + symbol, now, instrument(symbol));
            sink.write(
                    Topics.PRICES.name(),
                    "v:" + symbol,
                    now,
                    new Price("v", symbol, 110.0, null, null, null, null, 1.0));
            sink.write(
                    Topics.POSITIONS.name(),
                    "v:whale:" + symbol,
                    now,
                    new Position(
                            "v",
                            "whale",
                            symbol,
                            2.0 / CONTRACT_MULTIPLIER,
                            100.0,
                            MarginMode.CROSS,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        sink.flush();
    }

    private static Instrument instrument(String symbol) {
        return Instrument.newBuilder()
                .setVenue("v")
                .setSymbol(symbol)
                .setKind(ContractKind.LINEAR_PERPETUAL)
                .setBaseAsset(symbol)
                .setQuoteAsset("USDC")
                .setSettleAsset("USDC")
                .setContractMultiplier(CONTRACT_MULTIPLIER)
                .setSizeDecimals(3)
                .setMarginTiers(List.of(new MarginTier(0.0, 0.01, null, 50.0)))
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(OpenInterestUnit.BASE)
                .setOpenInterestSides(OpenInterestSides.SINGLE)
                .build();
    }

    private static PlimsollConfig config(EmbeddedKafka kafka, String name) {
        return ConfigReader.read(
                null,
                Map.of(
                        "PLIMSOLL_HTTP_PORT",
                        "0",
                        "PLIMSOLL_THREADS",
                        "1",
                        "PLIMSOLL_DATA_DIR",
                        dir.resolve(name).toString(),
                        "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers()));
    }

    private static <T extends AutoCloseable> T opened(T resource) {
        OPENED.add(resource);
        return resource;
    }

    private static JsonNode json(PlimsollServer server, String path) throws Exception {
        HttpResponse<String> answer = get(server, path);
        assertThat(answer.statusCode())
                .describedAs("%s: %s", path, answer.body())
                .isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> get(PlimsollServer server, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
