package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.http.BadRequests.BadRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What all operations have in common, where there is something to ask for: bad requests, pages, tags, tables. */
class ApiRequestsIT {

    private static final int MOST_ATTEMPTS = 3;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path dir;

    private static TwoInstances instances;

    @BeforeAll
    static void startTwoInstances() {
        instances = ApiScene.start(dir, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    void shouldSayOfEveryBadParameterWhichItIsAndLogNoError() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        List<String> bad = new ArrayList<>();
        List<BadRequest> requests = BadRequests.of(TwoInstances.json(instances.first(), "/api/v1/openapi.json"));
        try {
            for (BadRequest request : requests) {
                HttpResponse<String> answer = send(request);
                String type = answer.headers().firstValue("Content-Type").orElse("");
                String told = type.equals("application/problem+json")
                        ? JSON.readTree(answer.body()).path("parameter").asText()
                        : type;
                boolean named = told.equals(request.wrong()) || told.equals("path");
                if (answer.statusCode() < 400 || answer.statusCode() > 499 || !named) {
                    bad.add(answer.statusCode() + " " + told + ": " + request + " " + answer.body());
                }
            }
        } finally {
            root.detachAppender(log);
        }

        assertThat(requests).hasSizeGreaterThan(500);
        assertThat(bad).isEmpty();
        assertThat(List.copyOf(log.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR)
                        && !event.getLoggerName().startsWith("org.apache.kafka"))
                .isEmpty();
    }

    private static HttpResponse<String> send(BadRequest bad) throws Exception {
        HttpRequest.Builder request = request(bad.target());
        if (bad.header() != null) {
            String[] parts = bad.header().split(": ");
            request.header(parts[0], parts[1]);
        }
        String body = bad.body();
        HttpRequest whole = request.method(
                        bad.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                return CLIENT.send(whole, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                // A server that refuses a request before it has read its body closes the connection, which the client
                // may have
                // taken for the next one already.
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/markets, markets, 1",
        "/api/v1/tipping-points, markets, 1",
        "/api/v1/measures, measures, 1",
        "/api/v1/system, subjects, 2",
        "/api/v1/system/measures, measures, 2",
        "/api/v1/accounts?sort=distance, accounts, 4",
        "/api/v1/accounts?sort=ratio, accounts, 1",
        "/api/v1/cascades, cascades, 1",
        "/api/v1/collateral, subjects, 1",
        "/api/v1/options, underlyings, 1",
        "/api/v1/alerts?rule=tip&rule_=, alerts, 1",
        "/api/v1/alerts?rule=*, alerts, 1",
    })
    void shouldGiveThePagesOfAListInItsOrder(String path, String list, int size) throws Exception {
        String all = path.replace("&rule_=", "");
        for (PlimsollServer server : instances.both()) {
            JsonNode whole = TwoInstances.json(server, all);
            Set<String> expected = ids(whole.path(list));
            assertThat(whole.path("next").isNull()).isTrue();

            Set<String> paged = new LinkedHashSet<>();
            String next = all + (all.contains("?") ? "&" : "?") + "limit=" + size;
            while (next != null) {
                HttpResponse<String> answer = TwoInstances.get(server, next);
                assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
                JsonNode page = JSON.readTree(answer.body()).path(list);
                assertThat(page.size()).isBetween(1, size);
                assertThat(paged).doesNotContainAnyElementsOf(ids(page));
                paged.addAll(ids(page));
                next = answer.headers()
                        .firstValue("Link")
                        .map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1"))
                        .orElse(null);
            }
            assertThat(paged).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void shouldLeaveOutMarketsThatAreNotAskedFor() throws Exception {
        for (PlimsollServer server : instances.both()) {
            Map<String, String> lists =
                    Map.of("markets", "markets", "tipping-points", "markets", "measures", "measures");
            for (Map.Entry<String, String> list : lists.entrySet()) {
                String path = "/api/v1/" + list.getKey();
                assertThat(ids(TwoInstances.json(server, path + "?markets=w:LIT")
                                .path(list.getValue())))
                        .containsExactly("w:LIT");
                assertThat(ids(TwoInstances.json(server, path + "?markets=x:LIT,w:LIT")
                                .path(list.getValue())))
                        .containsExactly("w:LIT", "x:LIT");
            }
            assertThat(ids(TwoInstances.json(server, "/api/v1/alerts?markets=w:LIT&rule=tip,skew")
                            .path("alerts")))
                    .containsExactly(ApiScene.FIRING.getId());
            assertThat(ids(TwoInstances.json(server, "/api/v1/accounts?markets=x:LIT")
                            .path("accounts")))
                    .containsExactly("x:watch");
            assertThat(TwoInstances.json(server, "/api/v1/cascades?markets=x:LIT")
                            .path("cascades"))
                    .isEmpty();
        }
    }

    @Test
    void shouldAnswer304WhileNothingHasChanged() throws Exception {
        for (PlimsollServer server : instances.both()) {
            // Of an alert nothing changes by itself, but its age does.
            URI uri = uri(server, "/api/v1/alerts/" + ApiScene.OTHER.getId());
            HttpResponse<String> first =
                    CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            String tag = first.headers().firstValue("ETag").orElseThrow();
            long ageMs = JSON.readTree(first.body()).path("ageMs").asLong();
            ApiScene.patiently()
                    .until(() -> TwoInstances.json(server, uri.getPath())
                                    .path("ageMs")
                                    .asLong()
                            > ageMs);

            HttpResponse<String> again = CLIENT.send(
                    HttpRequest.newBuilder(uri).header("If-None-Match", tag).build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> other = CLIENT.send(
                    HttpRequest.newBuilder(uri)
                            .header("If-None-Match", "W/\"other\"")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).contains(tag);
            assertThat(other.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldSayTheSameOfALadderHoweverItIsSent() throws Exception {
        URI here = uri(instances.first(), "/api/v1/markets/w:LIT/ladder");
        URI there = uri(instances.second(), here.getPath());
        HttpResponse<byte[]> plain =
                CLIENT.send(HttpRequest.newBuilder(here).build(), HttpResponse.BodyHandlers.ofByteArray());
        List<String> encodings = new ArrayList<>();
        for (URI uri : List.of(here, there)) {
            HttpResponse<byte[]> packed = CLIENT.send(
                    HttpRequest.newBuilder(uri)
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());

            assertThat(packed.headers().firstValue("ETag"))
                    .isEqualTo(plain.headers().firstValue("ETag"))
                    .isPresent();
            assertThat(ageless(unpacked(packed))).isEqualTo(ageless(plain.body()));
            packed.headers().firstValue("Content-Encoding").ifPresent(encodings::add);
        }
        assertThat(encodings).describedAs("by the instance that holds it").contains("gzip");
    }

    private static byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
        return answer.headers().firstValue("Content-Encoding").isEmpty()
                ? answer.body()
                : new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    }

    private static JsonNode ageless(byte[] state) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(state);
        assertThat(json.remove("ageMs").isIntegralNumber()).isTrue();
        assertThat(json.path("liquidation")).isNotEmpty();
        return json;
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/markets, 'id,venue,symbol,', 'w:LIT,w,LIT,LIT,'",
        "/api/v1/markets/w:LIT/ladder, 'id,venue,symbol,', 'w:LIT,w,LIT,'",
        "/api/v1/markets/w:LIT/windows?metrics=leverage, 'id,size,stale,windows.subject,', ''",
        "/api/v1/tipping-points, 'id,asOfMs,', ''",
        "/api/v1/accounts?sort=distance, 'id,venue,account,', 'w:gone,w,gone,'",
        "/api/v1/cascades, 'id,subject,startMs,', 'w:LIT@'",
        "/api/v1/alerts?rule=tip, 'id,ruleId,kind,subject,', ''",
        "/api/v1/system, 'id,subject,', 'asset:LIT,asset:LIT,'",
        "/api/v1/options/w:LIT/strikes, 'id,venue,baseAsset,', 'w:LIT,w,LIT,'",
        "/api/v1/options/w:LIT/expiries, 'id,venue,baseAsset,', 'w:LIT,w,LIT,'",
    })
    void shouldGiveTablesAsCsv(String path, String header, String row) throws Exception {
        for (PlimsollServer server : instances.both()) {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(uri(server, path))
                            .header("Accept", "text/csv")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/csv");
            List<String> lines = List.of(answer.body().split("\r\n"));
            assertThat(lines.get(0)).startsWith(header);
            assertThat(answer.body()).contains(row.isEmpty() ? "\r\n" : "\r\n" + row);
        }
    }

    private static Set<String> ids(JsonNode list) {
        return new LinkedHashSet<>(list.findValuesAsText("id"));
    }

    private static HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(uri(instances.first(), target)).timeout(Duration.ofSeconds(20));
    }

    private static URI uri(PlimsollServer server, String target) {
        return URI.create("http://127.0.0.1:" + server.port() + target);
    }
}
