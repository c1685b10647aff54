package io.plimsoll.server.http;

import static io.plimsoll.server.http.TwoInstances.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.server.PlimsollServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios over HTTP, whichever of two instances is asked. */
class ScenarioRoutesIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path dir;

    private static TwoInstances instances;

    @BeforeAll
    static void startTwoInstances() {
        instances = new TwoInstances(dir, AccountScene::writeTo);
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                assertThat(TwoInstances.json(server, "/api/v1/accounts").path("accounts"))
                        .hasSize(AccountScene.NEAR.size());
                // Reads the instruments, without which no scenario is taken.
                TwoInstances.json(server, "/api/v1/accounts/w:calm");
            }
        });
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    void shouldAnswerWhomeverIsAsked() throws Exception {
        for (int i = 0; i < 6; i++) {
            PlimsollServer asked = instances.both().get(i % 2);
            HttpResponse<String> accepted = post(asked, "{\"shocks\": {\"LIT\": -0.012}}");

            assertThat(accepted.statusCode()).describedAs(accepted.body()).isEqualTo(202);
            String location = accepted.headers().firstValue("Location").orElseThrow();
            assertThat(TwoInstances.get(asked, location).statusCode())
                    .describedAs("answered, under way, or in a store that is moving")
                    .isIn(200, 202, 503);
            for (PlimsollServer server : instances.both()) {
                eventually(() -> {
                    JsonNode result = TwoInstances.json(server, location);
                    // gone, call and both called watch: their cash less the fall is under 1 % of what they hold.
                    assertThat(result.at("/net/accounts").asInt()).isEqualTo(4);
                    assertThat(result.at("/net/markets/0/lowPrice").asDouble()).isCloseTo(98.8, within(1e-9));
                    assertThat(result.at("/net/markets/0/impact").asText()).isEqualTo("NONE");
                    assertThat(result.at("/state").asText()).isEqualTo("DONE");
                    assertThat(result.path("ageMs").asLong()).isPositive();
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | the body is no JSON object",
                "{ | the body is no JSON",
                "{\"shocks\": {\"LITT\": -0.1}} | shocks has \"LITT\"",
                "{\"shocks\": {\"LIT\": -1}} | shock of LIT is -1.0, allowed is more than -1",
                "{\"shocks\": {\"LIT\": \"much\"}} | shocks",
                "{\"depthHaircut\": 0} | depth haircut is 0.0, allowed is above 0",
                "{\"collateralCuts\": {\"USDC\": 2}} | collateral cut of USDC is 2.0, allowed is 0 to 1",
                "{\"removedAccounts\": [\"gone\"]} | removedAccounts has \"gone\", allowed is venue:account",
                "{\"id\": \"a/b\"} | id is \"a/b\"",
                "{\"shock\": {}} | shock",
            })
    void shouldSayWhatIsWrong(String body, String sentence) throws Exception {
        HttpResponse<String> answer = post(instances.first(), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
                .contains(sentence);
    }

    @Test
    void shouldNotKnowWhatNobodyAsked() throws Exception {
        assertThat(TwoInstances.get(instances.first(), "/api/v1/scenarios/nobody")
                        .statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> post(PlimsollServer server, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/scenarios"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
