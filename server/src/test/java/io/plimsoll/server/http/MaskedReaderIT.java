package io.plimsoll.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertContributor;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.SubjectKind;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.access.AccountNames;
import io.plimsoll.server.access.ApiKeys;
import io.plimsoll.server.access.TlsContexts;
import io.plimsoll.server.alerts.Alerts;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances that speak TLS, with keys, and a reader who is shown pseudonyms: over every route there is, no account's own
 * name comes to him, whichever instance he asks.
 */
class MaskedReaderIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "a secret of some length";
    private static final AccountNames NAMES = new AccountNames(SECRET);
    private static final String READER = ApiKeys.newKey();
    private static final String OPERATOR = ApiKeys.newKey();
    /** Names that stand nowhere else: "gone" and "watch" of the scene are words. */
    private static final String WHALE = "0x31ca8395cf837de08b24da3f660e77761dfb974b";
    /** Any account of the scene, with or without its venue. */
    private static final Pattern PLAIN = Pattern.compile(
            "[wx]:(calm|watch|call|gone|short|apart|dark|strange|loan)\\b|\"(calm|gone|apart|strange|loan)\"|0x31ca");

    private static final Alert OF_ACCOUNT = Alert.newBuilder(
                    Alerts.alert("account-line", "w:" + WHALE, AlertStatus.FIRING, 1))
            .setKind(SubjectKind.ACCOUNT)
            .setContributors(List.of(new AlertContributor("account", "w:gone", 1e6, "USD")))
            .build();

    @TempDir
    private static Path dir;

    private static HttpClient client;
    private static TwoInstances instances;

    @BeforeAll
    static void startTwoInstances() throws Exception {
        TestCertificate certificate = TestCertificate.in(dir);
        client = HttpClient.newBuilder()
                .sslContext(TlsContexts.client(certificate.certificate()))
                .build();
        Map<String, String> settings = new TreeMap<>(Map.of(
                "PLIMSOLL_HTTP_AUTH_KEYS_LOOKER_SHA256",
                ApiKeys.hashOf(READER),
                "PLIMSOLL_HTTP_AUTH_KEYS_LOOKER_ROLE",
                "reader",
                "PLIMSOLL_HTTP_AUTH_KEYS_DESK_SHA256",
                ApiKeys.hashOf(OPERATOR),
                "PLIMSOLL_HTTP_AUTH_KEYS_DESK_ROLE",
                "operator",
                "PLIMSOLL_HTTP_AUTH_MASK_ACCOUNTS",
                "true",
                "PLIMSOLL_HTTP_AUTH_MASK_SECRET",
                SECRET));
        settings.put(
                "PLIMSOLL_HTTP_TLS_CERTIFICATE_FILE", certificate.certificate().toString());
        settings.put("PLIMSOLL_HTTP_TLS_KEY_FILE", certificate.key().toString());
        settings.put("PLIMSOLL_HTTP_TLS_TRUSTED_FILE", certificate.certificate().toString());
        settings.put("PLIMSOLL_MONITOR_SURVEY_EVERY", "500ms");
        instances = new TwoInstances(dir, MaskedReaderIT::write, settings);
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            for (PlimsollServer server : instances.both()) {
                for (String key : List.of(READER, OPERATOR)) {
                    JsonNode accounts = json(server, key, "/api/v1/accounts");
                    assertThat(accounts.path("accounts")).hasSize(AccountScene.NEAR.size());
                    assertThat(accounts.path("missing")).isEmpty();
                }
                assertThat(json(server, READER, "/api/v1/markets/w:LIT/ladder").path("liquidation"))
                        .isNotEmpty();
                assertThat(json(server, READER, "/api/v1/alerts").path("alerts"))
                        .isNotEmpty();
            }
        });
    }

    private static void write(RecordSink sink) {
        AccountScene.writeTo(sink);
        sink.write(Topics.ALERTS.name(), Alerts.key(OF_ACCOUNT), OF_ACCOUNT.getAsOfMs(), OF_ACCOUNT);
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    void shouldShowOperatorsAllAndReadersPseudonymsAtBoth() throws Exception {
        for (PlimsollServer server : instances.both()) {
            JsonNode plain = json(server, OPERATOR, "/api/v1/accounts");
            JsonNode masked = json(server, READER, "/api/v1/accounts");

            assertThat(ids(plain)).containsExactlyElementsOf(AccountScene.NEAR);
            assertThat(ids(masked))
                    .containsExactlyElementsOf(AccountScene.NEAR.stream()
                            .map(MaskedReaderIT::masked)
                            .toList());
        }
    }

    @Test
    void shouldLetAReaderFollowAnAccountByItsPseudonym() throws Exception {
        for (PlimsollServer server : instances.both()) {
            for (String id : List.of("w:gone", "x:watch", "w:calm")) {
                JsonNode account = json(server, READER, "/api/v1/accounts/" + masked(id));

                assertThat(account.path("id").asText()).isEqualTo(masked(id));
                assertThat(account.path("positions")).isNotEmpty();
                HttpResponse<String> plain = get(server, READER, "/api/v1/accounts/" + id);
                assertThat(plain.statusCode()).isEqualTo(403);
                assertThat(plain.body()).doesNotContain(id);
            }
            HttpResponse<String> nobody = get(server, READER, "/api/v1/accounts/" + masked("w:nobody"));
            assertThat(nobody.statusCode()).isEqualTo(404);
            assertThat(PLAIN.matcher(nobody.body()).find())
                    .describedAs(nobody.body())
                    .isFalse();
        }
    }

    @Test
    void shouldNotLetAReaderFindAnAccountByItsAlert() throws Exception {
        String pseudonym = NAMES.pseudonym(WHALE);
        for (PlimsollServer server : instances.both()) {
            JsonNode byName = json(server, READER, "/api/v1/alerts?subject=w:" + WHALE.substring(0, 6) + "*");
            JsonNode byPseudonym = json(server, READER, "/api/v1/alerts?subject=w:" + pseudonym);

            assertThat(byName.path("alerts")).isEmpty();
            assertThat(byPseudonym.path("alerts")).hasSize(1);
            String id = byPseudonym.at("/alerts/0/id").asText();
            assertThat(json(server, READER, "/api/v1/alerts/" + id)
                            .path("subject")
                            .asText())
                    .isEqualTo("w:" + pseudonym);
            assertThat(get(server, READER, "/api/v1/alerts/" + OF_ACCOUNT.getId())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(json(server, OPERATOR, "/api/v1/alerts/" + OF_ACCOUNT.getId())
                            .path("subject")
                            .asText())
                    .isEqualTo("w:" + WHALE);
        }
    }

    @Test
    void shouldShowNoAccountOnAnyRoute() throws Exception {
        acknowledge();
        String scenario = askAScenario();
        Map<String, String> asked = new LinkedHashMap<>();
        for (String route : instances.first().routes()) {
            if (route.startsWith("GET ") && !route.endsWith("/stream")) {
                for (String path : filled(route.substring(4), scenario)) {
                    asked.put(path, route);
                }
            }
        }
        asked.put("/api/v1/alerts?subject=w:*", "");
        asked.put("/api/v1/accounts?sort=ratio&limit=1000&venue=w", "");
        asked.put("/api/v1/accounts?venue=gone", "");
        asked.put("/api/v1/accounts?sort=w:gone", "");

        Map<String, Integer> seen = new TreeMap<>();
        for (PlimsollServer server : instances.both()) {
            for (String path : asked.keySet()) {
                for (String accept : List.of("application/json", "text/csv")) {
                    HttpResponse<String> answer = get(server, READER, path, accept);
                    // What he has written himself comes back to him in a problem.
                    String body = answer.body()
                            .replace("w:gone\"", "")
                            .replace("\\\"w:gone\\\"", "")
                            .replace("\"gone\\\"", "");

                    // What is no table is refused as one.
                    seen.merge(path, answer.statusCode(), Math::min);
                    assertThat(PLAIN.matcher(path.contains("gone") ? body : answer.body())
                                    .results())
                            .describedAs("%s: %s", path, answer.body())
                            .isEmpty();
                }
            }
        }
        assertThat(seen)
                .containsEntry("/api/v1/alert-actions", 200)
                .containsEntry("/api/v1/scenarios/" + scenario, 200);
        assertThat(seen.values().stream().filter(status -> status == 200).count())
                .isGreaterThan(15);
        HttpResponse<String> plain = get(instances.first(), OPERATOR, "/api/v1/accounts", "application/json");
        assertThat(PLAIN.matcher(plain.body()).results())
                .describedAs("what is looked for")
                .isNotEmpty();
    }

    @Test
    void shouldTellAReaderWhyRecordsWereNotUsedButNotWhose() {
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode plain = json(server, OPERATOR, "/api/v1/dead-letters?reason=unknown_instrument");
                JsonNode masked = json(server, READER, "/api/v1/dead-letters?reason=unknown_instrument");

                assertThat(plain.findValuesAsText("key")).contains("w:strange:NOPE");
                assertThat(plain.findValuesAsText("detail")).allMatch(detail -> detail.contains("NOPE"));
                assertThat(masked.path("deadLetters")).hasSameSizeAs(plain.path("deadLetters"));
                for (JsonNode letter : masked.path("deadLetters")) {
                    assertThat(letter.path("reason").asText()).isEqualTo("UNKNOWN_INSTRUMENT");
                    assertThat(letter.path("topic").asText()).isEqualTo("plimsoll.positions");
                    assertThat(letter.path("key").isNull()
                                    && letter.path("detail").isNull())
                            .isTrue();
                }
            }
        });
    }

    @Test
    void shouldShowNoAccountInWhatLeadsToTheNextPage() throws Exception {
        for (PlimsollServer server : instances.both()) {
            List<String> paged = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = json(server, READER, "/api/v1/accounts?limit=1" + next);
                page.path("accounts")
                        .forEach(account -> paged.add(account.path("id").asText()));
                String after = page.path("next").asText("");
                next = page.path("next").isTextual() ? "&after=" + after : "";
                assertThat(PLAIN.matcher(new String(Base64.getUrlDecoder().decode(next.isEmpty() ? "" : after), UTF_8))
                                .results())
                        .isEmpty();
            } while (!next.isEmpty());

            List<String> whole = new ArrayList<>();
            json(server, READER, "/api/v1/accounts")
                    .path("accounts")
                    .forEach(account -> whole.add(account.path("id").asText()));
            assertThat(paged).hasSizeGreaterThan(1).containsExactlyElementsOf(whole);
        }
    }

    @Test
    void shouldShowNoAccountOnTheStream() throws Exception {
        HttpResponse<InputStream> stream = client.send(
                request(instances.first(), READER, "/api/v1/alerts/stream").build(),
                HttpResponse.BodyHandlers.ofInputStream());

        StringBuilder read = new StringBuilder();
        try (InputStream in = stream.body()) {
            while (read.indexOf("account-line") < 0) {
                int next = in.read();
                assertThat(next).isNotNegative();
                read.append((char) next);
            }
            while (read.indexOf("\n\n", read.indexOf("account-line")) < 0) {
                read.append((char) in.read());
            }
        }

        assertThat(read).contains(NAMES.pseudonym(WHALE)).doesNotContain(WHALE, OF_ACCOUNT.getId());
        assertThat(PLAIN.matcher(read).results()).isEmpty();
    }

    @Test
    void shouldNameTheKeyInWhatItHasDone() throws Exception {
        acknowledge();

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            JsonNode actions = json(instances.first(), OPERATOR, "/api/v1/alert-actions");
            assertThat(actions.at("/actions/0/by").asText()).isEqualTo("desk: Ada");
        });
    }

    private static void acknowledge() throws Exception {
        HttpResponse<String> done = client.send(
                request(instances.first(), OPERATOR, "/api/v1/alerts/" + OF_ACCOUNT.getId() + "/ack")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"by\": \"Ada\", \"reason\": \"spoke to w:" + WHALE + " by phone\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(done.statusCode()).describedAs(done.body()).isEqualTo(202);
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            for (PlimsollServer server : instances.both()) {
                assertThat(json(server, READER, "/api/v1/alert-actions").path("actions"))
                        .isNotEmpty();
            }
        });
    }

    /** One that leaves an account out, so that its name is in the answer. */
    private static String askAScenario() throws Exception {
        String body = "{\"shocks\": {\"LIT\": -0.1}, \"removedAccounts\": [\"%s\"]}";
        HttpResponse<String> refused = post(READER, body.formatted("w:gone"));
        HttpResponse<String> taken = post(READER, body.formatted(masked("w:gone")));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(taken.statusCode()).describedAs(taken.body()).isEqualTo(202);
        String id = JSON.readTree(taken.body()).path("id").asText();
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(json(instances.first(), OPERATOR, "/api/v1/scenarios/" + id)
                                .at("/removedAccounts/0")
                                .asText())
                        .isEqualTo("w:gone"));
        return id;
    }

    private static HttpResponse<String> post(String key, String body) throws Exception {
        return client.send(
                request(instances.first(), key, "/api/v1/scenarios")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Addresses of a route, with ids that there are and ids that there are not. */
    private static List<String> filled(String route, String scenario) {
        List<String> ids = new ArrayList<>();
        if (route.contains("scenarios")) {
            ids.add(scenario);
        } else if (route.contains("accounts")) {
            ids.add(masked("w:gone"));
            ids.add("w:gon");
        } else if (route.contains("alerts")) {
            ids.add(NAMES.pseudonym(OF_ACCOUNT.getId()));
        } else {
            ids.add("w:LIT");
        }
        ids.add("none");
        return ids.stream()
                .map(id -> route.replaceAll("[{<]\\w+[}>]", URLEncoder.encode(id, StandardCharsets.UTF_8)))
                .distinct()
                .toList();
    }

    private static String masked(String id) {
        return id.substring(0, 2) + NAMES.pseudonym(id.substring(2));
    }

    private static List<String> ids(JsonNode body) {
        List<String> ids = new ArrayList<>();
        body.path("accounts").forEach(account -> ids.add(account.path("id").asText()));
        return ids;
    }

    private static JsonNode json(PlimsollServer server, String key, String path) throws Exception {
        HttpResponse<String> answer = get(server, key, path);
        assertThat(answer.statusCode())
                .describedAs("%s: %s", path, answer.body())
                .isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> get(PlimsollServer server, String key, String path) throws Exception {
        return get(server, key, path, "application/json");
    }

    private static HttpResponse<String> get(PlimsollServer server, String key, String path, String accept)
            throws Exception {
        return client.send(
                request(server, key, path).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(PlimsollServer server, String key, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key);
    }
}
