package io.plimsoll.server.http;

import static io.plimsoll.server.http.TwoInstances.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.alerts.Alerts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The board and its stream over HTTP, whichever of two instances is asked. */
class AlertRoutesIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Alert FIRING = Alerts.alert("tip", "x:BTC", AlertStatus.FIRING, 1);
    private static final Alert CHILD = Alert.newBuilder(Alerts.alert("tip", "x:ETH", AlertStatus.FIRING, 1))
            .setParent(FIRING.getId())
            .build();
    private static final Alert MILD = Alert.newBuilder(Alerts.alert("skew", "y:BTC", AlertStatus.PENDING, 0))
            .setSeverity(Severity.WARNING)
            .build();
    private static final Alert OVER = Alerts.alert("skew", "x:OVER", AlertStatus.RESOLVED, 3);
    private static final AtomicReference<RecordSink> SINK = new AtomicReference<>();

    @TempDir
    private static Path dir;

    private static TwoInstances instances;

    @BeforeAll
    static void startTwoInstances() {
        instances = new TwoInstances(
                dir,
                sink -> {
                    SINK.set(sink);
                    Stream.of(FIRING, CHILD, MILD, OVER).forEach(alert -> put(sink, alert));
                },
                Map.of("PLIMSOLL_ALERTS_STREAM_CLIENTS", "3"));
        patiently().untilAsserted(() -> {
            for (PlimsollServer server : instances.both()) {
                assertThat(TwoInstances.json(server, "/api/v1/alerts?rule=tip,skew")
                                .path("alerts"))
                        .hasSize(4);
            }
        });
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    void shouldGiveTheBoardAtBoth() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode board = TwoInstances.json(server, "/api/v1/alerts?rule=tip,skew");

                assertThat(ids(board)).containsExactlyElementsOf(ids(FIRING, CHILD, MILD, OVER));
                assertThat(board.at("/alerts/0/children").asInt()).isEqualTo(1);
                assertThat(board.at("/alerts/0/ageMs").asLong()).isPositive();
                assertThat(board.path("asOfMs").asLong()).isGreaterThanOrEqualTo(OVER.getAsOfMs());
                assertThat(board.path("behind").asLong()).isZero();
                assertThat(board.path("behindAsOfMs").asLong()).isPositive();
                assertThat(board.path("trouble").isNull()).isTrue();
                assertThat(ids(server, "status=firing&subject=x:*&rule=t*p"))
                        .containsExactlyElementsOf(ids(FIRING, CHILD));
                assertThat(ids(server, "severity=warning")).containsExactlyElementsOf(ids(MILD));
                assertThat(ids(server, "rule=tip&limit=1")).containsExactlyElementsOf(ids(FIRING));
                assertThat(ids(server, "status=pending,resolved&rule=sk*")).containsExactlyElementsOf(ids(MILD, OVER));
                JsonNode one = TwoInstances.json(server, "/api/v1/alerts/" + CHILD.getId());
                assertThat(one.path("parent").asText()).isEqualTo(FIRING.getId());
                assertThat(TwoInstances.json(server, "/api/v1/alert-delivery")
                                .path("webhook")
                                .isNull())
                        .isTrue();
                assertThat(TwoInstances.get(server, "/metrics").body())
                        .contains("plimsoll_alerts_board", "plimsoll_alerts_behind 0.0");
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=burning | parameter status is \"burning\"",
                "severity=critcal | did you mean critical?",
                "subjct=x | there is no parameter subjct, did you mean subject?",
                "limit=0 | parameter limit is \"0\", allowed is a whole number from 1",
            })
    void shouldSayWhatIsWrongWithAQuestion(String query, String sentence) throws Exception {
        HttpResponse<String> answer = TwoInstances.get(instances.first(), "/api/v1/alerts?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(detail(answer)).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ack | [] | the body is no JSON object",
                "ack | { | the body is no JSON",
                "ack | {\"reason\":\"r\"} | by is missing, allowed is a text of 1 to 200 characters",
                "ack | {\"by\":7,\"reason\":\"r\"} | by is 7, allowed is a text",
                "ack | {\"by\":\"a\",\"reason\":\" \"} | reason is \" \", allowed is a text",
                "ack | {\"by\":\"a\",\"reasn\":\"r\"} | there is no field reasn, did you mean reason?",
                "silence | {\"by\":\"a\",\"reason\":\"r\"} | until and for are missing, allowed is one of them",
                "silence | {\"by\":\"a\",\"reason\":\"r\",\"for\":\"1h\",\"until\":9} | until and for are both given",
                "silence | {\"by\":\"a\",\"reason\":\"r\",\"for\":\"2 weeks\"} | for is \"2 weeks\", allowed is a number with",
                "silence | {\"by\":\"a\",\"reason\":\"r\",\"for\":\"999999d\"} | allowed is an end after now",
                "silence | {\"by\":\"a\",\"reason\":\"r\",\"until\":\"2020-01-01T00:00:00Z\"} | allowed is an end after now",
                "silence | {\"by\":\"a\",\"reason\":\"r\",\"until\":\"tomorrow\"} | until is \"tomorrow\", allowed is ISO-8601",
            })
    void shouldSayWhatIsWrongWithAnAction(String action, String body, String sentence) throws Exception {
        HttpResponse<String> answer =
                send(instances.first(), "POST", "/api/v1/alerts/" + FIRING.getId() + "/" + action, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(detail(answer)).contains(sentence);
    }

    @Test
    void shouldNameNeighboursOfAnUnknownId() throws Exception {
        String near = FIRING.getId() + "0";
        for (String path : List.of("/api/v1/alerts/" + near, "/api/v1/alerts/" + near + "/silence")) {
            String method = path.endsWith("silence") ? "POST" : "GET";
            HttpResponse<String> answer =
                    send(instances.first(), method, path, "{\"by\":\"ann\",\"reason\":\"r\",\"for\":\"1h\"}");

            assertThat(answer.statusCode()).describedAs(path).isEqualTo(404);
            assertThat(JSON.readTree(answer.body()).at("/known/0").asText()).isEqualTo(FIRING.getId());
        }
        assertThat(send(instances.first(), "DELETE", "/api/v1/alerts/" + near + "/silence", "")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> over = send(
                instances.first(),
                "POST",
                "/api/v1/alerts/" + OVER.getId() + "/ack",
                "{\"by\":\"ann\",\"reason\":\"r\"}");
        assertThat(detail(over)).contains("is RESOLVED, allowed is one that is PENDING or FIRING");
    }

    @Test
    void shouldWriteActionsForAllInstances() throws Exception {
        PlimsollServer first = instances.first();
        PlimsollServer second = instances.both().get(1);
        String path = "/api/v1/alerts/" + MILD.getId();

        HttpResponse<String> ack = send(first, "POST", path + "/ack", "{\"by\":\"ann\",\"reason\":\"on it\"}");
        assertThat(ack.statusCode()).describedAs(ack.body()).isEqualTo(202);
        assertThat(JSON.readTree(ack.body()).path("action").asText()).isEqualTo("ACKNOWLEDGE");
        awaitAction(second, MILD.getId(), "ACKNOWLEDGE");
        long beforeMs = System.currentTimeMillis();
        HttpResponse<String> silence =
                send(second, "POST", path + "/silence", "{\"by\":\"bob\",\"reason\":\"known\",\"for\":\"2h\"}");
        assertThat(JSON.readTree(silence.body()).path("untilMs").asLong())
                .isBetween(beforeMs + 7_200_000, System.currentTimeMillis() + 7_200_000);
        awaitAction(first, Alerts.key(MILD), "SILENCE");
        awaitAction(first, MILD.getId(), "ACKNOWLEDGE");
        assertThat(send(first, "DELETE", path + "/silence", "").statusCode()).isEqualTo(202);
        awaitAction(second, Alerts.key(MILD), "");
        awaitAction(second, MILD.getId(), "ACKNOWLEDGE");
        assertThat(send(first, "DELETE", path + "/ack", "").statusCode()).isEqualTo(202);
        awaitAction(second, MILD.getId(), "");
    }

    @Test
    void shouldSilenceWhatHasNotFiredYet() throws Exception {
        PlimsollServer first = instances.first();
        HttpResponse<String> bad = send(
                first,
                "POST",
                "/api/v1/alert-actions",
                "{\"target\":\"x\",\"by\":\"a\",\"reason\":\"r\",\"for\":\"1h\"}");
        assertThat(detail(bad)).contains("target is \"x\", allowed is rule|subject");

        HttpResponse<String> good = send(
                first,
                "POST",
                "/api/v1/alert-actions",
                "{\"target\":\"*|x:*\",\"by\":\"a\",\"reason\":\"r\",\"for\":\"1h\"}");

        assertThat(good.statusCode()).isEqualTo(202);
        awaitAction(instances.both().get(1), "*|x:*", "SILENCE");
        assertThat(send(first, "DELETE", "/api/v1/alert-actions?target=*%7Cx:*", "")
                        .statusCode())
                .isEqualTo(202);
        awaitAction(instances.both().get(1), "*|x:*", "");
    }

    @Test
    void shouldResumeAStreamAtTheOtherInstance() throws Exception {
        List<String> before = new CopyOnWriteArrayList<>();
        List<String> lines = new CopyOnWriteArrayList<>();
        PlimsollServer first = instances.first();
        try (Stream<String> stream = stream(first, "?rule=streamed", null)) {
            collect(stream, before);
            patiently().until(() -> before.contains("event: board"));
            put(SINK.get(), Alerts.alert("streamed", "x:A", AlertStatus.FIRING, 1));
            patiently().until(() -> before.stream().anyMatch(line -> line.startsWith("id: ")));
        }
        String lastId = before.stream()
                .filter(line -> line.startsWith("id: "))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .substring(4);
        put(SINK.get(), Alerts.alert("streamed", "x:A", AlertStatus.RESOLVED, 2));
        put(SINK.get(), Alerts.alert("streamed", "x:B", AlertStatus.FIRING, 1));
        PlimsollServer second = instances.both().get(1);
        patiently()
                .until(() -> ids(second, "rule=streamed&status=firing").size() == 1
                        && ids(second, "rule=streamed").size() == 2);
        try (Stream<String> stream = stream(second, "?rule=streamed", lastId)) {
            collect(stream, lines);

            patiently().until(() -> data(lines).size() == 3);
            assertThat(lines).startsWith("event: resumed", "data: {\"alerts\":2}");
            assertThat(data(lines).subList(1, 3))
                    .anySatisfy(data -> assertThat(data).contains("\"subject\":\"x:A\"", "\"status\":\"RESOLVED\""))
                    .anySatisfy(data -> assertThat(data).contains("\"subject\":\"x:B\"", "\"status\":\"FIRING\""));
        }
        HttpResponse<String> bad = CLIENT.send(
                request(first, "/api/v1/alerts/stream")
                        .header("Last-Event-ID", "yesterday")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(detail(bad)).contains("Last-Event-ID is \"yesterday\"");
    }

    @Test
    void shouldTakeOnlySoManyReaders() throws Exception {
        PlimsollServer second = instances.both().get(1);
        try (Stream<String> one = stream(second, "", null);
                Stream<String> two = stream(second, "", null)) {
            // What others have left may take a moment to be noticed; those that are let in stay.
            patiently().until(() -> {
                HttpResponse<Stream<String>> answer = CLIENT.send(
                        request(second, "/api/v1/alerts/stream").build(), HttpResponse.BodyHandlers.ofLines());
                return answer.statusCode() == 503
                        && answer.body().anyMatch(line -> line.contains("all 3 places for readers"));
            });
            assertThat(one.findFirst()).contains("event: board");
            assertThat(two.findFirst()).contains("event: board");
        }
        patiently().untilAsserted(() -> {
            try (Stream<String> again = stream(second, "", null)) {
                assertThat(again.findFirst())
                        .describedAs("a place is free again once its reader has gone")
                        .contains("event: board");
            }
        });
    }

    private static void put(RecordSink sink, Alert alert) {
        sink.write(Topics.ALERTS.name(), Alerts.key(alert), alert.getAsOfMs(), alert);
        sink.flush();
    }

    private static Stream<String> stream(PlimsollServer server, String query, String lastId) throws Exception {
        HttpRequest.Builder request = request(server, "/api/v1/alerts/stream" + query);
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<Stream<String>> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        return answer.body();
    }

    private static void collect(Stream<String> stream, List<String> lines) {
        Thread thread = new Thread(() -> {
            try {
                stream.forEach(lines::add);
            } catch (RuntimeException closed) {
                // The test has what it wanted.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static List<String> data(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("data: ")).toList();
    }

    private static void awaitAction(PlimsollServer server, String target, String action) {
        patiently().untilAsserted(() -> {
            String found = "";
            for (JsonNode each :
                    TwoInstances.json(server, "/api/v1/alert-actions").path("actions")) {
                if (each.path("target").asText().equals(target)) {
                    found = each.path("action").asText();
                }
            }
            assertThat(found).isEqualTo(action);
        });
    }

    private static List<String> ids(PlimsollServer server, String query) throws Exception {
        return ids(TwoInstances.json(server, "/api/v1/alerts?" + query));
    }

    private static List<String> ids(JsonNode board) {
        return board.path("alerts").findValuesAsText("id");
    }

    private static List<String> ids(Alert... alerts) {
        return Stream.of(alerts).map(Alert::getId).toList();
    }

    private static HttpResponse<String> send(PlimsollServer server, String method, String path, String body)
            throws Exception {
        return CLIENT.send(
                request(server, path)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(PlimsollServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static String detail(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body()).path("detail").asText();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(3)).ignoreExceptions();
    }
}
