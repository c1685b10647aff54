package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import io.plimsoll.server.access.ApiKeys;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, at a server without a monitor: whoever is, hears that it is not ready. */
class AccessTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String READER = ApiKeys.newKey();
    private static final String OPERATOR = ApiKeys.newKey();
    private static final int NOT_READY = 503;

    private static TestIssuer issuer;
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TestIssuer();
        server = start(Map.of(
                "PLIMSOLL_HTTP_AUTH_KEYS_LOOKER_SHA256",
                ApiKeys.hashOf(READER),
                "PLIMSOLL_HTTP_AUTH_KEYS_LOOKER_ROLE",
                "reader",
                "PLIMSOLL_HTTP_AUTH_KEYS_DESK_SHA256",
                ApiKeys.hashOf(OPERATOR),
                "PLIMSOLL_HTTP_AUTH_KEYS_DESK_ROLE",
                "operator",
                "PLIMSOLL_HTTP_AUTH_OIDC_ISSUER",
                issuer.issuer(),
                "PLIMSOLL_HTTP_AUTH_OIDC_AUDIENCE",
                TestIssuer.AUDIENCE,
                "PLIMSOLL_HTTP_AUTH_OIDC_ROLE_CLAIM",
                "realm_access.roles"));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    private static HttpServer start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PLIMSOLL_HTTP_PORT", "0");
        PlimsollConfig config = ConfigReader.read(null, all);
        return HttpServer.start(config, EmbeddedRegistry.inMemory());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/", "/page/js/main.js"})
    void shouldBeOpenToAll(String path) throws Exception {
        assertThat(ask("GET", path, "", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/markets",
        "GET, /api/v1/accounts/v:a",
        "GET, /api/v1/alerts/stream",
        "POST, /api/v1/scenarios",
        "POST, /api/v1/alerts/some/ack",
        "GET, /metrics",
        "GET, /subjects",
        "POST, /subjects/s/versions",
    })
    void shouldAskWhoItIs(String method, String path) throws Exception {
        HttpResponse<String> answer = ask(method, path, "", "");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"plimsoll\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/markets, 503",
        "POST, /api/v1/scenarios, 400",
        "GET, /metrics, 200",
        "GET, /subjects, 200",
        "POST, /subjects/s, 422",
    })
    void shouldLetAReaderLook(String method, String path, int status) throws Exception {
        assertThat(ask(method, path, "Authorization", "Bearer " + READER).statusCode())
                .isEqualTo(status);
        assertThat(ask(method, path, "X-API-Key", READER).statusCode()).isEqualTo(status);
        assertThat(ask(method, path, "X-API-Key", OPERATOR).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/alerts/some/ack, 503",
        "DELETE, /api/v1/alerts/some/silence, 503",
        "POST, /api/v1/alert-actions, 503",
        "POST, /subjects/s/versions, 422",
    })
    void shouldLetAnOperatorActOnly(String method, String path, int operators) throws Exception {
        HttpResponse<String> refused = ask(method, path, "X-API-Key", READER);
        HttpResponse<String> done = ask(method, path, "X-API-Key", OPERATOR);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new ObjectMapper().readTree(refused.body()).path("detail").asText())
                .isEqualTo("this needs the role operator, and looker has reader");
        assertThat(done.statusCode()).describedAs(done.body()).isIn(operators, 400);
    }

    @Test
    void shouldNotRepeatAKeyThatIsWrong() throws Exception {
        for (String header : new String[] {"X-API-Key", "Authorization"}) {
            HttpResponse<String> answer = ask(
                    "GET",
                    "/api/v1/markets",
                    header,
                    header.equals("X-API-Key") ? "open-sesame" : "Bearer open-sesame");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("open-sesame");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("invalid_token");
        }
        assertThat(ask("GET", "/api/v1/markets", "Authorization", "Basic dTpw").statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldTakeGoodTokens() throws Exception {
        String reader = issuer.signed(issuer.claims("plimsoll-reader").build());
        String operator = issuer.signed(issuer.claims("plimsoll-operator").build());
        String nobody = issuer.signed(issuer.claims("someone-else").build());

        assertThat(byToken("GET", "/api/v1/markets", reader).statusCode()).isEqualTo(NOT_READY);
        assertThat(byToken("POST", "/api/v1/alert-actions", reader).statusCode())
                .isEqualTo(403);
        assertThat(byToken("POST", "/api/v1/alert-actions", operator).statusCode())
                .isNotIn(401, 403);
        HttpResponse<String> refused = byToken("GET", "/api/v1/markets", nobody);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("this needs the role reader, and alice has none");
    }

    @Test
    void shouldRefuseBadTokens() throws Exception {
        JWTClaimsSet good = issuer.claims("plimsoll-operator").build();

        refused(
                issuer.signed(
                        changed(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(120))))),
                "Expired");
        refused(issuer.signed(changed(c -> c.expirationTime(null))), "exp");
        refused(
                issuer.signed(
                        changed(c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(600))))),
                "before");
        refused(issuer.signed(changed(c -> c.audience("another"))), "aud");
        refused(issuer.signed(changed(c -> c.audience((String) null))), "aud");
        refused(issuer.signed(changed(c -> c.issuer("https://evil.example"))), "iss");
        refused(issuer.signed(changed(c -> c.subject(null))), "sub");
        refused(TestIssuer.unsigned(good), "Unsecured");
        refused(issuer.signedWithThePublicKey(good), "");
        refused(issuer.signedByAStranger(good, "one"), "");
        refused(issuer.signedByAStranger(good, "two"), "");
        refused(issuer.signedByAStranger(good, "three"), "");
        refused("a.b.c", "neither");
        refused(issuer.signed(good).replaceFirst("\\.[^.]*\\.", ".e30."), "");
    }

    @Test
    void shouldSayWhereAnIssuerDoesNotAnswer() throws Exception {
        JWTClaimsSet good = issuer.claims("plimsoll-operator").build();
        try (TestIssuer gone = new TestIssuer()) {
            String address = gone.issuer();
            gone.close();
            HttpServer other = start(Map.of(
                    "PLIMSOLL_HTTP_AUTH_OIDC_ISSUER",
                    address,
                    "PLIMSOLL_HTTP_AUTH_OIDC_AUDIENCE",
                    TestIssuer.AUDIENCE));
            try {
                HttpResponse<String> answer =
                        ask(other.port(), "GET", "/api/v1/markets", "Authorization", "Bearer " + issuer.signed(good));

                assertThat(answer.statusCode()).isEqualTo(NOT_READY);
                assertThat(answer.body()).contains("the keys of the issuer").doesNotContain(address);
            } finally {
                other.close();
            }
        }
    }

    @Test
    void shouldAskNobodyOnLoopbackUnlessTold() throws Exception {
        HttpServer open = start(Map.of());
        try {
            assertThat(ask(open.port(), "GET", "/subjects", "", "").statusCode())
                    .isEqualTo(200);
            assertThat(ask(open.port(), "GET", "/metrics", "", "").statusCode()).isEqualTo(200);
        } finally {
            open.close();
        }
    }

    private static JWTClaimsSet changed(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(issuer.claims("plimsoll-operator")).build();
    }

    private static void refused(String token, String why) throws Exception {
        HttpResponse<String> answer = byToken("GET", "/api/v1/markets", token);

        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains(why).doesNotContain(token);
    }

    private static HttpResponse<String> byToken(String method, String path, String token) throws Exception {
        return ask(method, path, "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> ask(String method, String path, String header, String value) throws Exception {
        return ask(server.port(), method, path, header, value);
    }

    private static HttpResponse<String> ask(int port, String method, String path, String header, String value)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("no json"));
        return CLIENT.send(
                (header.isEmpty() ? request : request.header(header, value)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
