package io.plimsoll.server.http;

import static io.plimsoll.server.http.TwoInstances.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import io.plimsoll.server.PlimsollServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances over one broker: whichever is asked, the answer is the same. */
class HttpServerIT {

    private static final List<String> SYMBOLS = List.of("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH");
    private static final double CONTRACT_MULTIPLIER = 0.5;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path dir;

    private static TwoInstances instances;
    private static PlimsollServer first;

    @BeforeAll
    static void startTwoInstances() {
        instances = new TwoInstances(dir, HttpServerIT::writeInputs);
        first = instances.first();
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                assertThat(TwoInstances.get(server, "/health/ready").statusCode())
                        .isEqualTo(200);
                JsonNode markets = TwoInstances.json(server, "/api/v1/markets");
                assertThat(markets.get("missing")).isEmpty();
                assertThat(markets.get("markets").findValuesAsText("longPositions"))
                        .hasSize(SYMBOLS.size())
                        .containsOnly("1");
                JsonNode system = TwoInstances.json(server, "/api/v1/system/subjects/system");
                assertThat(system.get("longPositions").asInt()).isEqualTo(SYMBOLS.size());
            }
            assertThat(TwoInstances.json(first, "/api/v1/markets?scope=local")
                            .get("markets")
                            .size())
                    .describedAs("each instance holds a part")
                    .isBetween(1, SYMBOLS.size() - 1);
        });
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    void shouldAnswerForEveryMarketOnEveryInstance() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                for (String symbol : SYMBOLS) {
                    JsonNode market = TwoInstances.json(server, "/api/v1/markets/v:" + symbol);

                    assertThat(market.get("id").asText()).isEqualTo("v:" + symbol);
                    assertThat(market.get("longSize").asDouble()).isEqualTo(2.0);
                    assertThat(market.get("markPrice").asDouble()).isEqualTo(110.0);
                    assertThat(market.get("ageMs").asLong()).isGreaterThanOrEqualTo(0);
                }
            }
        });
    }

    @Test
    void shouldServeWindowsAndLaddersFromEitherInstance() {
        for (PlimsollServer server : instances.both()) {
            eventually(() -> {
                JsonNode windows =
                        TwoInstances.json(server, "/api/v1/markets/v:AAA/windows?size=1m&from=2020-01-01T00:00:00Z");
                assertThat(windows.at("/windows/0/subject").asText()).isEqualTo("v:AAA");
                JsonNode ladder = TwoInstances.json(server, "/api/v1/markets/v:AAA/ladder");
                assertThat(ladder.get("symbol").asText()).isEqualTo("AAA");
                assertThat(TwoInstances.json(server, "/api/v1/markets/v:AAA/windows?size=1m&from=0&to=1")
                                .get("windows"))
                        .isEmpty();
            });
        }
    }

    @Test
    void shouldSayWhatAllAccountsTogetherWouldDoFromEitherInstance() {
        for (PlimsollServer server : instances.both()) {
            eventually(() -> {
                JsonNode cascade = TwoInstances.json(server, "/api/v1/system/cascade");
                assertThat(cascade.get("id").asText()).isEqualTo("system");
                assertThat(cascade.get("accounts").asInt()).isEqualTo(1);
                assertThat(cascade.get("impactSource").asText()).isEqualTo("NONE");
                JsonNode contagion = TwoInstances.json(server, "/api/v1/contagion");
                assertThat(contagion.get("accounts").asInt()).isEqualTo(1);
                assertThat(contagion.get("spectralRadius").isNull()).isTrue();
                assertThat(contagion.get("sources").isArray()).isTrue();
                assertThat(contagion.get("ageMs").asLong()).isGreaterThanOrEqualTo(0);
            });
        }
    }

    @Test
    void shouldTellTippingPointsOfAllMarketsFromEitherInstance() {
        for (PlimsollServer server : instances.both()) {
            eventually(() -> {
                JsonNode all = TwoInstances.json(server, "/api/v1/tipping-points");
                assertThat(all.get("missing")).isEmpty();
                assertThat(all.get("markets").findValuesAsText("id"))
                        .containsExactlyElementsOf(
                                SYMBOLS.stream().map(symbol -> "v:" + symbol).toList());
                JsonNode one = TwoInstances.json(server, "/api/v1/markets/v:AAA/cascade");
                assertThat(all.at("/markets/0/outcomes")).hasSameSizeAs(one.get("outcomes"));
                assertThat(all.at("/markets/0/impactSource")).isEqualTo(one.get("impactSource"));
            });
        }
    }

    @Test
    void shouldLeaveOutMetricsOfWindowsThatAreNotAskedFor() {
        String windows = "/api/v1/markets/v:AAA/windows?size=1m&from=2020-01-01T00:00:00Z&metrics=";
        eventually(() -> {
            JsonNode some = TwoInstances.json(first, windows + "leverage,markPrice");
            assertThat(some.at("/windows/0/metrics").findValuesAsText("name"))
                    .containsExactlyInAnyOrder("leverage", "markPrice");
            HttpResponse<String> unknown = TwoInstances.get(first, windows + "levrage");
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("metrics", "leverage");
        });
    }

    @Test
    void shouldServeCascadesFromEitherInstance() {
        for (PlimsollServer server : instances.both()) {
            eventually(() -> {
                JsonNode all = TwoInstances.json(server, "/api/v1/cascades");
                assertThat(all.get("missing")).isEmpty();
                assertThat(all.get("cascades").findValuesAsText("subject"))
                        .containsExactlyInAnyOrder("v:AAA", "v:BBB", "system");
                JsonNode one = TwoInstances.json(server, "/api/v1/cascades?market=v:AAA");
                assertThat(one.get("cascades")).hasSize(1);
                JsonNode cascade = one.at("/cascades/0");
                assertThat(cascade.get("id").asText()).startsWith("v:AAA@");
                assertThat(cascade.get("forcedUsd").asDouble()).isEqualTo(2_200_000);
                assertThat(cascade.get("censored").asBoolean()).isTrue();
                assertThat(cascade.get("ageMs").asLong()).isGreaterThanOrEqualTo(0);
                JsonNode system = TwoInstances.json(server, "/api/v1/cascades?market=system");
                assertThat(system.at("/cascades/0/markets").findValuesAsText("market"))
                        .containsExactly("v:AAA", "v:BBB");
                assertThat(TwoInstances.json(server, "/api/v1/cascades?limit=1").get("cascades"))
                        .hasSize(1);
                assertThat(TwoInstances.json(server, "/api/v1/cascades?from=2100-01-01T00:00:00Z")
                                .get("cascades"))
                        .isEmpty();
                assertThat(TwoInstances.json(server, "/api/v1/cascades?market=v:CCC")
                                .get("cascades"))
                        .describedAs("a known market without any")
                        .isEmpty();
                assertThat(subjects(server, "venue=v")).containsExactlyInAnyOrder("v:AAA", "v:BBB");
                assertThat(subjects(server, "asset=BBB")).containsExactly("v:BBB");
                assertThat(subjects(server, "venue=v&asset=AAA&market=v:AAA")).containsExactly("v:AAA");
                assertThat(subjects(server, "asset=BBB&market=v:AAA")).isEmpty();
                assertThat(subjects(server, "asset=CCC"))
                        .describedAs("a known asset without any")
                        .isEmpty();
            });
        }
    }

    @Test
    void shouldRefuseBadQuestionsAboutCascades() {
        eventually(() -> {
            for (String query : List.of("limit=0", "limit=x", "from=yesterday", "markt=v:AAA")) {
                HttpResponse<String> answer = TwoInstances.get(first, "/api/v1/cascades?" + query);

                assertThat(answer.statusCode()).describedAs(query).isEqualTo(400);
            }
            Map<String, String> nearest = Map.of("market=v:AAX", "v:AAA", "asset=AAX", "AAA", "venue=w", "v");
            for (Map.Entry<String, String> each : nearest.entrySet()) {
                HttpResponse<String> unknown = TwoInstances.get(first, "/api/v1/cascades?" + each.getKey());

                assertThat(unknown.statusCode()).describedAs(each.getKey()).isEqualTo(404);
                assertThat(JSON.readTree(unknown.body()).get("known").toString())
                        .contains(each.getValue());
            }
        });
    }

    private static List<String> subjects(PlimsollServer server, String query) throws Exception {
        return TwoInstances.json(server, "/api/v1/cascades?" + query)
                .get("cascades")
                .findValuesAsText("subject");
    }

    @Test
    void shouldNameNeighboursOfAnUnknownId() {
        eventually(() -> {
            HttpResponse<String> market = TwoInstances.get(first, "/api/v1/markets/v:AAX");
            HttpResponse<String> account = TwoInstances.get(first, "/api/v1/accounts/v:whole");

            assertThat(market.statusCode()).isEqualTo(404);
            assertThat(market.headers().firstValue("content-type")).hasValue("application/problem+json");
            JsonNode problem = JSON.readTree(market.body());
            assertThat(problem.get("status").asInt()).isEqualTo(404);
            assertThat(problem.get("detail").asText()).contains("v:AAX");
            assertThat(problem.get("known")).isNotEmpty();
            assertThat(account.statusCode()).isEqualTo(404);
        });
    }

    @Test
    void shouldRefuseBadParameters() {
        eventually(() -> {
            for (String query : List.of("size=7m", "from=yesterday", "from=2026-01-01T00:00:00Z&to=0", "limit=0")) {
                HttpResponse<String> answer = TwoInstances.get(first, "/api/v1/markets/v:AAA/windows?" + query);

                assertThat(answer.statusCode()).describedAs(query).isEqualTo(400);
                assertThat(JSON.readTree(answer.body()).get("detail").asText()).contains("allowed is");
            }
        });
    }

    @Test
    void shouldServeSchemasAsConfluentsRegistryDoes() throws Exception {
        CachedSchemaRegistryClient client = new CachedSchemaRegistryClient("http://127.0.0.1:" + first.port(), 10);
        String subject = Topics.PRICES.name() + "-value";

        assertThat(client.getAllSubjects())
                .containsExactlyElementsOf(instances.registry().subjects());
        var latest = client.getLatestSchemaMetadata(subject);
        assertThat(client.getSchemaById(latest.getId()).canonicalString())
                .isEqualTo(instances
                        .registry()
                        .client()
                        .getSchemaById(latest.getId())
                        .canonicalString());
        assertThat(client.getVersion(subject, client.getSchemaById(latest.getId())))
                .isEqualTo(latest.getVersion());
        assertThatThrownBy(() -> client.getVersion(subject, new AvroSchema("\"string\"")))
                .isInstanceOfSatisfying(
                        RestClientException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(40403));
        assertThat(client.getCompatibility(subject)).isEqualTo("BACKWARD_TRANSITIVE");
        assertThat(TwoInstances.get(first, "/subjects/nobody-value/versions/latest")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldServePageMetricsAndHealth() throws Exception {
        assertThat(TwoInstances.get(first, "/").body()).contains("<title>Plimsoll");
        assertThat(TwoInstances.get(first, "/").headers().firstValue("content-security-policy"))
                .hasValue(PageRoutes.POLICY);
        HttpResponse<String> script = TwoInstances.get(first, "/page/js/main.js");
        assertThat(script.headers().firstValue("content-type")).hasValue("text/javascript; charset=utf-8");
        assertThat(script.body()).contains("import");
        for (String name : List.of(
                "js/none.js",
                "../logback.xml",
                "%2e%2e/logback.xml",
                "js/..%2f..%2flogback.xml",
                "lib/SHA256SUMS",
                "js")) {
            assertThat(TwoInstances.get(first, "/page/" + name).statusCode())
                    .describedAs(name)
                    .isBetween(400, 404);
        }
        assertThat(TwoInstances.get(first, "/metrics").body()).contains("jvm_memory_used_bytes", "kafka_stream_");
        assertThat(TwoInstances.get(first, "/health/live").statusCode()).isEqualTo(200);
        assertThat(TwoInstances.get(first, "/nowhere").statusCode()).isEqualTo(404);
        assertThat(TwoInstances.get(first, "/nowhere").headers().firstValue("content-type"))
                .hasValue("application/problem+json");
    }

    private static void writeInputs(RecordSink sink) {
        long now = System.currentTimeMillis();
        sink.write(
                Topics.COLLATERAL.name(),
                "v:whale:USDC",
                now,
                new Collateral("v", "whale", "USDC", 1000.0, 0.9, 1.0, null, null));
        forced(sink, "AAA", now - 2_000, 20_000);
        forced(sink, "BBB", now - 1_000, 40_000);
        for (String symbol : SYMBOLS) {
            sink.write(Topics.INSTRUMENTS.name(), "v:" + symbol, now, instrument(symbol));
            sink.write(
                    Topics.PRICES.name(),
                    "v:" + symbol,
                    now,
                    new Price("v", symbol, 110.0, null, null, null, null, 1.0, null, null));
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
    }

    private static void forced(RecordSink sink, String symbol, long timeMs, double quantity) {
        sink.write(
                Topics.LIQUIDATIONS.name(),
                "v:" + symbol,
                timeMs,
                new Liquidation(
                        "v",
                        symbol,
                        PositionSide.LONG,
                        quantity,
                        110.0,
                        LiquidationPriceKind.BANKRUPTCY,
                        true,
                        null,
                        "1",
                        null,
                        null,
                        1.0));
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
}
