package io.plimsoll.server.http;

import static io.plimsoll.server.http.TwoInstances.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import io.plimsoll.server.PlimsollServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cascades of markets over HTTP: what is published, and what is computed when it is asked for. */
class MarketCascadeIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final List<String> SYMBOLS = List.of("AAA", "BBB", "CCC", "DDD", "EEE", "FFF");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACCOUNTS = 8;

    @TempDir
    private static Path dir;

    private static TwoInstances instances;

    @BeforeAll
    static void startTwoInstances() {
        instances = new TwoInstances(dir, MarketCascadeIT::writeInputs);
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                assertThat(TwoInstances.get(server, "/health/ready").statusCode())
                        .isEqualTo(200);
                for (String symbol : SYMBOLS) {
                    JsonNode risk = TwoInstances.json(server, path(symbol));
                    assertThat(risk.get("impactSource").asText()).isEqualTo("DEPTH");
                    assertThat(risk.at("/outcomes/0/shocks/4/positionsHigh").asInt())
                            .isEqualTo(ACCOUNTS);
                }
            }
            assertThat(TwoInstances.json(instances.first(), "/api/v1/markets?scope=local")
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
    void shouldServeWhatIsPublished() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode risk = TwoInstances.json(server, path("AAA"));

                assertThat(risk.get("id").asText()).isEqualTo("v:AAA");
                assertThat(risk.get("outcomes")).hasSize(6);
                assertThat(risk.get("asOfMs").asLong()).isPositive();
                assertThat(risk.get("ageMs").asLong()).isNotNegative();
                assertThat(risk.get("stalenessMs").asLong()).isNotNegative();
                assertThat(risk.get("coverageLong").asDouble()).isEqualTo(0.4);
                assertThat(risk.get("formulaVersion").asInt()).isPositive();
            }
        });
    }

    @Test
    void shouldComputeTheSameNumbersForTheSameShock() {
        eventually(() -> {
            for (String symbol : SYMBOLS) {
                JsonNode published = TwoInstances.json(instances.first(), path(symbol));
                JsonNode whole = published.at("/outcomes/0");
                for (PlimsollServer server : instances.both()) {
                    JsonNode asked = TwoInstances.json(server, path(symbol) + "?shock=-0.05&depthHaircut=1");

                    assertThat(asked.get("outcomes")).hasSize(1);
                    ObjectNode expected = whole.deepCopy();
                    expected.putArray("shocks").add(whole.at("/shocks/2"));
                    assertThat(asked.at("/outcomes/0")).describedAs(symbol).isEqualTo(expected);
                    assertThat(asked.at("/outcomes/0/shocks/0/shock").asDouble())
                            .isEqualTo(-0.05);
                    assertThat(asked.get("asOfMs")).isEqualTo(published.get("asOfMs"));
                    assertThat(asked.at("/asked/shock").asDouble()).isEqualTo(-0.05);
                }
            }
        });
    }

    @Test
    void shouldTakePercentagesHoweverTheyAreTyped() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                for (String symbol : SYMBOLS) {
                    for (String typed : List.of("-5%25", "-5.0%25", "-0.05", "-5e-2")) {
                        assertThat(TwoInstances.json(server, path(symbol) + "?shock=" + typed)
                                        .at("/asked/shock")
                                        .asDouble())
                                .describedAs(typed)
                                .isEqualTo(-0.05);
                    }
                    assertThat(raw(server, path(symbol) + "?shock=-5%&depthHaircut=30%"))
                            .contains("\"asked\":{\"shock\":-0.05,\"depthHaircut\":0.3}");
                    assertThat(raw(server, path(symbol) + "?shock=+5%")).contains("\"asked\":{\"shock\":0.05,");
                }
            }
        });
    }

    @Test
    void shouldRefuseWhatCannotBeAsked() {
        eventually(() -> {
            for (String query : List.of(
                    "shock=-1",
                    "shock=-100%25",
                    "shock=0",
                    "shock=9.5",
                    "shock=x",
                    "shock=",
                    "shock=NaN",
                    "shock=0.00001",
                    "depthHaircut=0",
                    "depthHaircut=1.01",
                    "depthHaircut=-1",
                    "depthHaircut=101%25",
                    "depthHaircut=1d")) {
                HttpResponse<String> answer = TwoInstances.get(instances.first(), path("AAA") + "?" + query);

                assertThat(answer.statusCode()).describedAs(query).isEqualTo(400);
                String detail = JSON.readTree(answer.body()).get("detail").asText();
                assertThat(detail)
                        .contains("parameter " + query.substring(0, query.indexOf('=')) + " is \"")
                        .contains("allowed is a fraction or percentage");
            }
            HttpResponse<String> misspelt = TwoInstances.get(instances.first(), path("AAA") + "?shok=-0.05");
            assertThat(misspelt.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(misspelt.body()).get("known").toString()).contains("shock");
            assertThat(TwoInstances.get(instances.first(), path("AAX") + "?shock=-0.05")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(TwoInstances.get(instances.first(), path("AAX")).statusCode())
                    .isEqualTo(404);
        });
    }

    private static String path(String symbol) {
        return "/api/v1/markets/v:" + symbol + "/cascade";
    }

    /** As curl sends it: Java's client would not let the percent sign through. */
    private static String raw(PlimsollServer server, String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout((int) LONG.toMillis());
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(line -> answer.append(line).append('\n'));
            }
            return answer.toString();
        }
    }

    private static void writeInputs(RecordSink sink) {
        long now = System.currentTimeMillis();
        for (String symbol : SYMBOLS) {
            String market = "v:" + symbol;
            sink.write(Topics.INSTRUMENTS.name(), market, now, instrument(symbol));
            sink.write(
                    Topics.PRICES.name(),
                    market,
                    now,
                    new Price("v", symbol, 100.0, null, null, null, 2_000.0, 1.0, null, null));
            for (int i = 0; i < ACCOUNTS; i++) {
                sink.write(
                        Topics.POSITIONS.name(),
                        "v:a" + i + ":" + symbol,
                        now,
                        new Position(
                                "v",
                                "a" + i,
                                symbol,
                                100.0,
                                100.0,
                                MarginMode.ISOLATED,
                                100.0 * (4 + i),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null));
            }
            sink.write(
                    Topics.DEPTH.name(),
                    market,
                    now,
                    new Depth(
                            "v",
                            symbol,
                            100.0,
                            List.of(
                                    new DepthLevel(0.01, 200.0, 200.0, null, null),
                                    new DepthLevel(0.02, 400.0, 400.0, null, null))));
        }
    }

    private static Instrument instrument(String symbol) {
        return Instrument.newBuilder()
                .setVenue("v")
                .setSymbol(symbol)
                .setKind(ContractKind.LINEAR_PERPETUAL)
                .setBaseAsset(symbol)
                .setQuoteAsset("USDC")
                .setSettleAsset("USDC")
                .setContractMultiplier(1)
                .setSizeDecimals(3)
                .setMarginTiers(List.of(new MarginTier(0.0, 0.01, null, 50.0)))
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(OpenInterestUnit.BASE)
                .setOpenInterestSides(OpenInterestSides.SINGLE)
                .build();
    }
}
