package io.plimsoll.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.schemas.avro.ScenarioLanding;
import io.plimsoll.schemas.avro.ScenarioOutcome;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.ScenarioRound;
import io.plimsoll.schemas.avro.ScenarioState;
import io.plimsoll.schemas.avro.ScenarioVenue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the command asks a server, and what it makes of the answers. */
class ScenarioCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final AtomicInteger polls = new AtomicInteger();
    private HttpServer server;
    private int acceptWith = 202;
    private ScenarioResult result = result(ScenarioState.DONE);

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/scenarios", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                answer(exchange, acceptWith, acceptWith == 202 ? "{\"id\":\"s1\"}" : "{\"detail\":\"no such asset\"}");
            } else if (polls.incrementAndGet() < 3) {
                answer(exchange, 202, "{\"id\":\"s1\",\"state\":\"RUNNING\"}");
            } else {
                answer(exchange, 200, PlainJson.toJson(result).toString());
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldAskWhatTheCommandLineSaysAndPrintATable() throws Exception {
        int code = execute(
                "--shock",
                "BTC=-10%",
                "--shock",
                "x:ETH=0.05",
                "--depth-haircut",
                "0.3",
                "--collateral-cut",
                "USDE=30%",
                "--remove-account",
                "x:a");

        assertThat(code).describedAs(err.toString()).isEqualTo(ExitCode.OK);
        JsonNode request = new ObjectMapper().readTree(asked.get());
        assertThat(request)
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"depthHaircut\":0.3,\"shocks\":{\"BTC\":-0.1,\"x:ETH\":0.05},"
                                + "\"collateralCuts\":{\"USDE\":0.3},\"removedAccounts\":[\"x:a\"]}"));
        assertThat(polls.get()).isEqualTo(3);
        assertThat(out.toString())
                .contains("Asked: BTC -10.00 %, 30.00 % of depth left")
                .contains("Impact of forced trades, by market: last good depth in 1")
                .contains(
                        "NET, the estimate: 1 rounds, 2 accounts, 1,000 USD liquidated, 50 USD bad debt, 20 USD of it")
                .contains("GROSS, the bound: 1 rounds and not settled")
                .containsPattern(
                        "x:BTC +100\\.000 +90\\.0000 +88\\.0000 +88\\.0000 +1,000 +0 +last good depth 0\\.9 s old,"
                                + " newest depth stale, 4 bands left out, exhausted \\(2\\.500 unfilled\\)")
                .containsPattern("x +2 +1,000 +50 +30 +20 +700 +10\\.00 %")
                .containsPattern("0 +2 +1,000 +x:BTC 90\\.0000 to 88\\.0000 \\(-2\\.22 %\\)")
                .containsPattern("1 +0 +0");
    }

    @Test
    void shouldPrintTheAnswerAsJson() throws Exception {
        int code = execute("--shock", "BTC=-10%", "--json");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(out.toString()).at("/net/rounds").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldSayWhatTheServerDoesNotTake() {
        acceptWith = 400;

        int code = execute("--shock", "BTC=-10%");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualToIgnoringNewLines("plimsoll: no such asset");
    }

    @Test
    void shouldFailWhereSlicesAreMissing() {
        result = result(ScenarioState.TIMED_OUT);

        int code = execute("--shock", "BTC=-10%");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString()).contains("slices [1] of 3 are missing");
    }

    @Test
    void shouldSayWhereNobodyAnswers() {
        server.stop(0);

        int code = execute("--shock", "BTC=-10%");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).startsWith("plimsoll: no Plimsoll answers at http://");
    }

    private static ScenarioResult result(ScenarioState state) {
        boolean done = state == ScenarioState.DONE;
        return new ScenarioResult(
                "s1",
                state,
                1L,
                2L,
                1_000L,
                0L,
                2,
                Map.of("BTC", -0.1),
                0.3,
                Map.of(),
                List.of(),
                done ? outcome(false) : null,
                done ? outcome(true) : null,
                5L,
                0L,
                3,
                done ? List.of() : List.of(1),
                1);
    }

    private static ScenarioOutcome outcome(boolean settled) {
        return new ScenarioOutcome(
                settled,
                1,
                2L,
                2L,
                1_000.0,
                50.0,
                10.0,
                20.0,
                List.of(new ScenarioLanding(
                        "x:BTC",
                        100.0,
                        90.0,
                        88.0,
                        88.0,
                        10.0,
                        0.0,
                        2.5,
                        1_000.0,
                        0.0,
                        ScenarioImpact.LAST_GOOD_DEPTH,
                        DepthQuality.STALE,
                        100L,
                        4,
                        true)),
                List.of(new ScenarioVenue("x", 2L, 2L, 1_000.0, 50.0, 10.0, 700.0, 30.0, 20.0, 0.1)),
                List.of(
                        new ScenarioRound(
                                0,
                                2L,
                                2L,
                                1_000.0,
                                Map.of("x:BTC", 10.0),
                                Map.of(),
                                Map.of("x:BTC", 90.0),
                                Map.of("x:BTC", 90.0)),
                        new ScenarioRound(
                                1, 0L, 0L, 0.0, Map.of(), Map.of(), Map.of("x:BTC", 88.0), Map.of("x:BTC", 88.0))));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int execute(String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "scenario";
        all[1] = "--server";
        all[2] = "http://127.0.0.1:" + server.getAddress().getPort();
        System.arraycopy(args, 0, all, 3, args.length);
        return Plimsoll.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
