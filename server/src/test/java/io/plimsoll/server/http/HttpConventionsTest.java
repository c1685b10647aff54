package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.server.config.ConfigReader;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server answers before it has a monitor: errors, limits, compression, other origins. */
class HttpConventionsTest {

    private static final String DOCUMENT = "/api/v1/openapi.json";
    private static final String DESK = "https://desk.example.com";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = start(Map.of("PLIMSOLL_HTTP_CORS_ORIGINS", DESK, "PLIMSOLL_HTTP_MAX_BODY_KIB", "10"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpServer start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PLIMSOLL_HTTP_PORT", "0");
        all.put("PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        return HttpServer.start(ConfigReader.read(null, all), null);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nowhere, 404",
        "GET, /nowhere, 404",
        "GET, /page/nothing.js, 404",
        "GET, /api/v1/markets/../../../etc/passwd, 404",
        "GET, /page/..%2f..%2fapplication.yaml, 404",
        "PUT, /api/v1/markets, 405",
        "POST, /api/v1/openapi.json, 405",
        "GET, /api/v1/markets?limit=0, 400",
        "GET, /api/v1/markets, 503",
    })
    void shouldAnswerEveryErrorAsAProblem(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
        assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/markets/%zz, 400", "/api/v1/mar%, 400", "//api/v1/markets/.., 404"})
    void shouldAnswerPathsThatAreNoneWithAProblem(String path, int status) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "\"status\":" + status);
    }

    @Test
    void shouldRefuseWhatItCannotGive() throws Exception {
        HttpResponse<String> none = send(request(DOCUMENT).header("Accept", "text/html"));
        HttpResponse<String> noTable = send(request(DOCUMENT).header("Accept", "text/csv"));
        HttpResponse<String> browser = send(request(DOCUMENT).header("Accept", "text/html,*/*;q=0.8"));

        assertThat(none.statusCode()).isEqualTo(406);
        assertThat(JSON.readTree(none.body()).path("parameter").asText()).isEqualTo("Accept");
        assertThat(noTable.statusCode()).isEqualTo(406);
        assertThat(browser.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseBodiesThatAreTooLarge() throws Exception {
        HttpResponse<String> large = send(request("/api/v1/scenarios")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"" + "x".repeat(20_000) + "\"}")));
        HttpResponse<String> small = send(request("/api/v1/scenarios").POST(HttpRequest.BodyPublishers.ofString("[]")));

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(small.statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseOneRequestTooManyInASecond() throws Exception {
        try (HttpServer busy = start(Map.of("PLIMSOLL_HTTP_REQUESTS_PER_SECOND", "3"))) {
            URI uri = URI.create("http://127.0.0.1:" + busy.port() + "/api/v1/nowhere");
            HttpResponse<String> answer = null;
            for (int i = 0; i < 10_000 && (answer == null || answer.statusCode() != 429); i++) {
                answer = CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            }

            assertThat(answer).isNotNull();
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void shouldLetPagesOfNamedOriginsAskAndNoOthers() throws Exception {
        HttpResponse<String> named = send(request(DOCUMENT).header("Origin", DESK));
        HttpResponse<String> other = send(request(DOCUMENT).header("Origin", "https://evil.example.com"));
        HttpResponse<String> preflight = send(request("/api/v1/scenarios")
                .header("Origin", DESK)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(named.headers().firstValue("Access-Control-Allow-Origin")).contains(DESK);
        assertThat(String.join(",", named.headers().allValues("Access-Control-Expose-Headers")))
                .contains("ETag", "Link");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("content-type");
        try (HttpServer closed = start(Map.of())) {
            HttpResponse<String> unset = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + closed.port() + DOCUMENT))
                            .header("Origin", DESK)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(unset.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void shouldCompressForThoseWhoTakeIt() throws Exception {
        HttpResponse<InputStream> packed = CLIENT.send(
                request(DOCUMENT).header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofInputStream());
        HttpResponse<String> plain = send(request(DOCUMENT));

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        String unpacked = new String(new GZIPInputStream(packed.body()).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(unpacked).isEqualTo(plain.body());
        assertThat(JSON.readTree(unpacked)).isEqualTo(ProgramOperations.json(ProgramOperations.document()));
        assertThat(packed.headers().firstValue("ETag"))
                .isEqualTo(plain.headers().firstValue("ETag"));
    }

    @Test
    void shouldSayHowOldAnAnswerIsThatItGivesAgain() throws Exception {
        try (HttpServer keeping = start(Map.of("PLIMSOLL_HTTP_ANSWER_MEMORY", "10s"));
                HttpServer forgetful = start(Map.of("PLIMSOLL_HTTP_ANSWER_MEMORY", "0s"))) {
            await().until(() -> {
                HttpResponse<String> first = send(request(keeping, DOCUMENT));
                HttpResponse<String> again = send(request(keeping, DOCUMENT).header("Accept-Encoding", "identity"));
                assertThat(again.body()).isEqualTo(first.body());
                assertThat(again.headers().firstValue("ETag"))
                        .isEqualTo(first.headers().firstValue("ETag"));
                return again.headers()
                        .firstValue("Age")
                        .filter(age -> Long.parseLong(age) <= 10)
                        .isPresent();
            });
            send(request(forgetful, DOCUMENT));
            assertThat(send(request(forgetful, DOCUMENT)).headers().firstValue("Age"))
                    .isEmpty();
        }
    }

    @Test
    void shouldAnswer304ToThoseWhoHaveItAlready() throws Exception {
        String tag = send(request(DOCUMENT)).headers().firstValue("ETag").orElseThrow();

        assertThat(List.of(tag, "*", "\"x\", " + tag))
                .allSatisfy(known -> assertThat(send(request(DOCUMENT).header("If-None-Match", known))
                                .statusCode())
                        .isEqualTo(304));
    }

    private static HttpRequest.Builder request(String path) {
        return request(server, path);
    }

    private static HttpRequest.Builder request(HttpServer of, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
