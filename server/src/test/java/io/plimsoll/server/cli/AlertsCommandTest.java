package io.plimsoll.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.server.alerts.Alerts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the command asks a server, and what it makes of the answers. */
@Timeout(300)
class AlertsCommandTest {

    private static final Alert FIRING = Alerts.alert("tip", "x:BTC", AlertStatus.FIRING, 1);
    private static final Alert CHILD = Alert.newBuilder(Alerts.alert("tip", "x:ETH", AlertStatus.FIRING, 1))
            .setParent(FIRING.getId())
            .build();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> streams = new CopyOnWriteArrayList<>(List.of(
            "event: board\ndata: {\"alerts\":0}\n\nid: 0:4\nevent: alert\ndata: " + PlainJson.toJson(FIRING) + "\n\n",
            ": still here\n\nid: 0:5\nevent: alert\ndata: "
                    + PlainJson.toJson(Alerts.alert("tip", "x:BTC", AlertStatus.RESOLVED, 2))
                    + "\n\nevent: end\ndata: {\"reason\":\"the server stops\"}\n\n"));
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/alerts", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldPrintTheBoardWithoutWhatGoesUnderAnother() {
        int code = execute("--severity", "critical", "--subject", "x:*");

        assertThat(code).describedAs(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(asked)
                .containsExactly("GET /api/v1/alerts?severity=critical&subject=x%3A*&status=firing%2Cpending null ");
        assertThat(out.toString())
                .contains("2026-02-05T12:01:00Z  CRITICAL  FIRING    x:BTC  tip  " + FIRING.getId() + "  1 under it")
                .contains("    Tipping point of x:BTC is 3.2 % away (fires below 5 %).")
                .contains("2 alerts, 1 of them under another and not printed (--all), board as of 2026-02-05T12:01:00Z"
                        + ", 3 records behind its topic")
                .doesNotContain("x:ETH");
    }

    @Test
    void shouldPrintEverythingWhereAsked() throws Exception {
        execute("--all");
        assertThat(out.toString()).contains("x:ETH", "under " + FIRING.getId());
        out.getBuffer().setLength(0);

        execute("--json");

        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .at("/alerts/1/subject")
                        .asText())
                .isEqualTo("x:ETH");
    }

    @Test
    void shouldFollowAndComeBackWhereItWas() throws Exception {
        followUntilAskedThreeTimes("--severity", "critical");

        assertThat(asked.subList(0, 3))
                .containsExactly(
                        "GET /api/v1/alerts/stream?severity=critical null ",
                        "GET /api/v1/alerts/stream?severity=critical 0:4 ",
                        "GET /api/v1/alerts/stream?severity=critical 0:5 ");
        assertThat(out.toString().lines().filter(line -> line.contains("CRITICAL")))
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).contains("FIRING"),
                        line -> assertThat(line).contains("RESOLVED"));
        assertThat(err.toString()).contains("plimsoll: the stream ended: the server stops");
    }

    @Test
    void shouldFollowOneStatusAsJson() throws Exception {
        followUntilAskedThreeTimes("--status", "resolved", "--json");

        assertThat(out.toString().strip().lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(out.toString()).path("status").asText())
                .isEqualTo("RESOLVED");
    }

    @Test
    void shouldStopFollowingWhenTheTimeIsUp() {
        assertThat(execute("--follow", "--exit-after", "1s"))
                .describedAs(err.toString())
                .isEqualTo(ExitCode.OK);
    }

    /** Two streams have something to say; the third is asked for when both have been read. */
    private void followUntilAskedThreeTimes(String... arguments) throws InterruptedException {
        List<String> line = new ArrayList<>(List.of("--follow"));
        line.addAll(List.of(arguments));
        Thread following = new Thread(() -> execute(line.toArray(String[]::new)));
        following.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> asked.size() >= 3);
        following.interrupt();
        following.join();
    }

    @Test
    void shouldTakeUpSilenceAndTakeBack() {
        assertThat(execute("ack", "ab12", "--by", "ann", "--reason", "on it")).isEqualTo(ExitCode.OK);
        assertThat(execute("silence", "ab12", "--by", "ann", "--reason", "known", "--for", "2h"))
                .isEqualTo(ExitCode.OK);
        assertThat(execute("unsilence", "ab12")).isEqualTo(ExitCode.OK);

        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/alerts/ab12/ack null {\"by\":\"ann\",\"reason\":\"on it\"}",
                        "POST /api/v1/alerts/ab12/silence null {\"by\":\"ann\",\"reason\":\"known\",\"for\":\"2h\"}",
                        "DELETE /api/v1/alerts/ab12/silence null ");
        assertThat(out.toString().lines())
                .containsExactly(
                        "taken up by ann: ab12",
                        "silenced until 2026-02-05T12:00:00Z: ab12",
                        "no longer silenced: ab12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--follow --status burning | --status is \"burning\", allowed are pending, firing, resolved",
                "--follow --exit-after soon | --exit-after is \"soon\"",
                "ack ab12 --by ann | --reason",
                "ack unknown --by ann --reason r | there is no alert unknown",
                "silence ab12 --by ann --reason r | one of --for and --until is needed",
            })
    void shouldSayWhatIsWrong(String line, String sentence) {
        int code = execute(line.split(" "));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("plimsoll: ").contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        server.stop(0);

        assertThat(execute()).isEqualTo(ExitCode.FAILURE);
        assertThat(execute("--follow")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("plimsoll: no Plimsoll answers at http://127.0.0.1:");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(exchange.getRequestMethod() + " " + path + " "
                + exchange.getRequestHeaders().getFirst("Last-Event-ID") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (path.contains("/stream")) {
            answer(exchange, 200, streams.isEmpty() ? ": nothing new\n\n" : streams.remove(0));
        } else if (path.contains("unknown")) {
            answer(exchange, 404, "{\"detail\":\"there is no alert unknown\"}");
        } else if (path.contains("/alerts/")) {
            answer(exchange, 202, "{\"untilMs\":" + Alerts.SINCE_MS + "}");
        } else {
            answer(exchange, 200, board().toString());
        }
    }

    private static ObjectNode board() {
        ObjectNode board = new ObjectMapper()
                .createObjectNode()
                .put("asOfMs", FIRING.getAsOfMs())
                .put("behind", 3)
                .put("matching", 2);
        board.putArray("alerts")
                .add(PlainJson.toJson(FIRING).put("children", 1))
                .add(PlainJson.toJson(CHILD));
        return board;
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int execute(String... arguments) {
        int port = server.getAddress().getPort();
        boolean action = arguments.length > 0 && !arguments[0].startsWith("--");
        List<String> line = new ArrayList<>(List.of("alerts"));
        if (!action) {
            line.add("--server=http://127.0.0.1:" + port);
        }
        line.addAll(List.of(arguments));
        if (action) {
            line.add("--server=http://127.0.0.1:" + port);
        }
        CommandLine commandLine = Plimsoll.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(line.toArray(String[]::new));
    }
}
