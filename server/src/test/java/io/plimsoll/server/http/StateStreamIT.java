package io.plimsoll.server.http;

import static io.plimsoll.server.http.TwoInstances.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.server.PlimsollServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of states, read as anybody would, from two instances that hold a part each. */
class StateStreamIT {

    private static final int PLACES = 6;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path dir;

    private static TwoInstances instances;

    /** An event as it came. */
    private record Event(String name, JsonNode data) {}

    @BeforeAll
    static void startTwoInstances() {
        instances = ApiScene.start(dir, Map.of("PLIMSOLL_HTTP_STREAM_CLIENTS", Integer.toString(PLACES)));
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    void shouldBeginWithAllStatesWhicheverInstanceIsAsked() {
        for (PlimsollServer server : instances.both()) {
            eventually(() -> {
                List<Event> round = firstRound(server, "");

                assertThat(ids(round, "market"))
                        .isEqualTo(
                                ids(TwoInstances.json(server, "/api/v1/markets").path("markets")));
                assertThat(ids(round, "subject"))
                        .isEqualTo(
                                ids(TwoInstances.json(server, "/api/v1/system").path("subjects")));
                JsonNode tick = round.get(round.size() - 1).data();
                assertThat(tick.path("complete").asBoolean()).isTrue();
                assertThat(tick.path("missing")).isEmpty();
            });
        }
    }

    @Test
    void shouldGiveStatesAsTheListsDo() {
        eventually(() -> {
            JsonNode streamed = firstRound(instances.first(), "?markets=w:LIT&subjects=system").stream()
                    .filter(event -> event.name().equals("market"))
                    .findFirst()
                    .orElseThrow()
                    .data();
            JsonNode asked = TwoInstances.json(instances.first(), "/api/v1/markets/w:LIT");

            assertThat(streamed.fieldNames()).toIterable().containsExactlyElementsOf(() -> asked.fieldNames());
        });
    }

    @Test
    void shouldGiveOnlyWhatIsAskedFor() {
        eventually(() -> {
            List<Event> round = firstRound(instances.second(), "?markets=w:LIT&subjects=system,asset:LIT");

            assertThat(ids(round, "market")).containsExactly("w:LIT");
            assertThat(ids(round, "subject")).containsExactlyInAnyOrder("system", "asset:LIT");
        });
    }

    @Test
    void shouldGoOnWithChanges() {
        eventually(() -> {
            HttpResponse<Stream<String>> answer = open(instances.first(), "?markets=w:LIT");
            try (Stream<String> lines = answer.body()) {
                assertThat(answer.statusCode()).isEqualTo(200);
                Iterator<String> each = lines.iterator();
                long first = asOfMs(each);
                instances.write(AccountScene::writePriceAgain);

                assertThat(asOfMs(each)).isGreaterThan(first);
            }
        });
    }

    @Test
    void shouldSayWhatIsWrongBeforeItBegins() throws Exception {
        HttpResponse<Stream<String>> market = open(instances.first(), "?markets=w:NOPE");
        HttpResponse<Stream<String>> subject = open(instances.first(), "?subjects=venue:nope");

        assertThat(market.statusCode()).isEqualTo(400);
        assertThat(subject.statusCode()).isEqualTo(400);
        assertThat(String.join("", subject.body().toList())).contains("\"parameter\":\"subjects\"", "venue:w");
    }

    @Test
    void shouldRefuseOneReaderTooManyAndTakeHimWhenOneHasGone() throws Exception {
        List<Stream<String>> open = new ArrayList<>();
        HttpResponse<Stream<String>> last = open(instances.second(), "");
        while (last.statusCode() == 200 && open.size() < PLACES) {
            open.add(last.body());
            last = open(instances.second(), "");
        }
        String refusal = String.join("", last.body().toList());
        open.forEach(Stream::close);

        assertThat(last.statusCode()).isEqualTo(503);
        assertThat(refusal).contains("http.streamClients");
        eventually(() -> assertThat(firstRound(instances.second(), "")).isNotEmpty());
    }

    private static long asOfMs(Iterator<String> lines) throws IOException {
        while (true) {
            String line = lines.next();
            if (line.startsWith("data: ")) {
                JsonNode data = JSON.readTree(line.substring("data: ".length()));
                if (data.path("id").asText().equals("w:LIT")) {
                    return data.path("asOfMs").asLong();
                }
            }
        }
    }

    private static List<Event> firstRound(PlimsollServer server, String query) throws Exception {
        HttpResponse<Stream<String>> answer = open(server, query);
        try (Stream<String> lines = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/event-stream");
            List<Event> events = new ArrayList<>();
            Iterator<String> each = lines.iterator();
            String name = "";
            while (events.isEmpty() || !events.get(events.size() - 1).name().equals("tick")) {
                String line = each.next();
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, JSON.readTree(line.substring("data: ".length()))));
                }
            }
            return events;
        }
    }

    private static HttpResponse<Stream<String>> open(PlimsollServer server, String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/states/stream" + query);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines());
    }

    private static Set<String> ids(List<Event> events, String name) {
        Set<String> ids = new HashSet<>();
        events.stream()
                .filter(event -> event.name().equals(name))
                .forEach(event -> ids.add(event.data().path("id").asText()));
        return ids;
    }

    private static Set<String> ids(JsonNode list) {
        return new HashSet<>(list.findValuesAsText("id"));
    }
}
