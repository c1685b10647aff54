package io.plimsoll.server.http;

import static io.plimsoll.server.http.TwoInstances.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.server.PlimsollServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts over HTTP, whichever of two instances is asked. */
class AccountRoutesIT {

    private static final double PRICE = AccountScene.PRICE;
    private static final List<String> NEAR = AccountScene.NEAR;

    @TempDir
    private static Path dir;

    private static TwoInstances instances;

    @BeforeAll
    static void startTwoInstances() {
        instances = new TwoInstances(dir, AccountScene::writeTo);
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                assertThat(ids(TwoInstances.json(server, "/api/v1/accounts"))).hasSize(NEAR.size());
                JsonNode venue = TwoInstances.json(server, "/api/v1/system/subjects/venue:w");
                assertThat(venue.get("venueLinesCompared").asInt()).isEqualTo(1);
            }
        });
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    void shouldMeasureAnAccountThatIsFarFromItsLine() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode account = TwoInstances.json(server, "/api/v1/accounts/w:calm");

                assertThat(account.get("state").asText()).isEqualTo("OK");
                assertThat(account.get("stateSinceMs").isNull())
                        .describedAs("what is not stored has no beginning")
                        .isTrue();
                assertThat(account.get("formulaVersion").asInt()).isEqualTo(2);
                assertThat(account.get("equityUsd").asDouble()).isCloseTo(1_000, within(1e-9));
                assertThat(account.get("cashUsd").asDouble()).isEqualTo(1_000);
                assertThat(account.get("marginCashUsd").asDouble()).isEqualTo(900);
                assertThat(account.get("grossNotionalUsd").asDouble()).isCloseTo(1_000, within(1e-9));
                assertThat(account.get("grossLeverage").asDouble()).isCloseTo(1, within(1e-9));
                assertThat(account.get("marginRatio").asDouble()).isCloseTo(10.0 / 900, within(1e-9));
                assertThat(account.get("ageMs").asLong()).isGreaterThanOrEqualTo(0);
                assertThat(account.get("missingPrices")).isEmpty();
                JsonNode position = account.at("/positions/0");
                assertThat(position.get("size").asDouble()).isEqualTo(10);
                assertThat(position.get("contracts").asDouble()).isEqualTo(20);
                assertThat(position.get("marginMode").asText()).isEqualTo("CROSS");
                assertThat(position.get("marginTableDate").asText()).isEqualTo("2026-01-02");
                assertThat(position.get("priceTimeMs").asLong()).isPositive();
                assertThat(account.at("/balances/0/valueUsd").asDouble()).isEqualTo(1_000);
            }
        });
    }

    @Test
    void shouldShowTheVenuesLineBesideOurs() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode account = TwoInstances.json(server, "/api/v1/accounts/w:apart");

                JsonNode position = account.at("/positions/0");
                assertThat(position.get("venueLiquidationPrice").asDouble()).isEqualTo(95);
                double ours = (PRICE - 10) / 0.99;
                assertThat(position.get("venueDifference").asDouble()).isCloseTo(1 - ours / 95, within(1e-9));
                assertThat(position.get("source").asText()).isEqualTo("VENUE_REPORTED");
                assertThat(position.get("liquidationPrice").asDouble()).isEqualTo(95);
            }
        });
    }

    @Test
    void shouldInventNothingWhereAPriceIsMissing() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode account = TwoInstances.json(server, "/api/v1/accounts/w:dark");

                assertThat(account.get("missingPrices"))
                        .extracting(JsonNode::asText)
                        .containsExactly("w:DARK");
                assertThat(account.get("missingInstruments")).isEmpty();
                for (String field :
                        List.of("state", "equityUsd", "marginRatio", "distance", "grossNotionalUsd", "coins")) {
                    assertThat(account.get(field).isNull()).describedAs(field).isTrue();
                }
                assertThat(account.get("cashUsd").asDouble()).isEqualTo(1_000);
                assertThat(account.get("positions")).hasSize(2);
                JsonNode unpriced = account.at("/positions/0");
                assertThat(unpriced.get("symbol").asText()).isEqualTo("DARK");
                assertThat(unpriced.get("markPrice").isNull()).isTrue();
                assertThat(unpriced.get("entryPrice").asDouble()).isEqualTo(PRICE);
                assertThat(account.at("/positions/1/markPrice").asDouble()).isEqualTo(PRICE);
            }
        });
    }

    @Test
    void shouldMeasureALoanAtThePriceOfItsCollateral() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode account = TwoInstances.json(server, "/api/v1/accounts/w:loan");

                assertThat(account.get("state").asText()).isEqualTo("WATCH");
                assertThat(account.get("marginRatio").asDouble()).isCloseTo(6_000.0 / 8_000, within(1e-12));
                assertThat(account.get("equityUsd").asDouble()).isCloseTo(4_000, within(1e-9));
                assertThat(account.get("cashUsd").asDouble()).isCloseTo(4_000, within(1e-9));
                assertThat(account.get("positions")).isEmpty();
                JsonNode coin = account.at("/coins/0");
                assertThat(coin.get("asset").asText()).isEqualTo("ETH");
                assertThat(coin.get("liquidationPriceUsd").asDouble()).isCloseTo(1_500, within(1e-9));
                assertThat(coin.get("liquidationMode").asText()).isEqualTo("CLOSE_FACTOR");
                JsonNode held = account.at("/balances/0");
                assertThat(held.get("priceUsd").asDouble()).isEqualTo(2_000);
                assertThat(held.get("unitPriceUsd").asDouble())
                        .describedAs("as its record has it")
                        .isEqualTo(1_234);
            }
        });
    }

    @Test
    void shouldNameAPositionThatIsCountedNowhere() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode account = TwoInstances.json(server, "/api/v1/accounts/w:strange");

                assertThat(account.get("missingInstruments"))
                        .extracting(JsonNode::asText)
                        .containsExactly("w:NOPE");
                assertThat(account.get("missingPrices")).isEmpty();
                assertThat(account.get("grossNotionalUsd").asDouble()).isCloseTo(1_000, within(1e-9));
                assertThat(account.at("/positions/1/symbol").asText()).isEqualTo("NOPE");
                assertThat(account.at("/positions/1/notionalUsd").isNull()).isTrue();
            }
        });
    }

    @Test
    void shouldListTheNearestAccountsFirst() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                JsonNode list = TwoInstances.json(server, "/api/v1/accounts?sort=distance");

                assertThat(ids(list)).containsExactlyElementsOf(NEAR);
                assertThat(list.get("covers").asText()).isEqualTo("accounts in WATCH or worse");
                assertThat(list.get("missing")).isEmpty();
                assertThat(list.at("/accountsByState/WATCH").asInt()).isEqualTo(4);
                assertThat(list.at("/accountsByState/MARGIN_CALL").asInt()).isEqualTo(1);
                assertThat(list.at("/accountsByState/LIQUIDATABLE").asInt()).isEqualTo(1);
                assertThat(list.at("/accountsByState/BANKRUPT").asInt()).isZero();
                assertThat(list.at("/accounts/0/distance").asDouble()).isZero();
                assertThat(list.at("/accounts/1/distance").asDouble()).isCloseTo(-1.0 / 990, within(1e-6));
                assertThat(list.at("/accounts/2/distance").asDouble()).isCloseTo(5.0 / 1_010, within(1e-6));
                assertThat(list.at("/accounts/1/state").asText()).isEqualTo("MARGIN_CALL");
            }
        });
    }

    @Test
    void shouldListWhatIsAskedFor() {
        eventually(() -> {
            for (PlimsollServer server : instances.both()) {
                assertThat(ids(TwoInstances.json(server, "/api/v1/accounts?limit=2")))
                        .containsExactly("w:gone", "w:call");
                assertThat(ids(TwoInstances.json(server, "/api/v1/accounts?venue=x")))
                        .containsExactly("x:watch");
                assertThat(TwoInstances.json(server, "/api/v1/accounts?venue=x")
                                .at("/accountsByState/WATCH")
                                .asInt())
                        .isEqualTo(1);
                assertThat(ids(TwoInstances.json(server, "/api/v1/accounts?state=margin_call")))
                        .containsExactly("w:call");
                assertThat(ids(TwoInstances.json(server, "/api/v1/accounts?sort=ratio&limit=2")))
                        .containsExactly("w:gone", "w:call");
                assertThat(ids(TwoInstances.json(server, "/api/v1/accounts?sort=equity&limit=3")))
                        .containsExactly("w:loan", "w:short", "w:watch");
            }
        });
    }

    @Test
    void shouldAddUpToTheWholeOverTheInstances() {
        eventually(() -> {
            List<String> parts = new ArrayList<>();
            for (PlimsollServer server : instances.both()) {
                parts.addAll(ids(TwoInstances.json(server, "/api/v1/accounts?scope=local")));
            }

            assertThat(parts).containsExactlyInAnyOrderElementsOf(NEAR);
        });
    }

    @Test
    void shouldRefuseBadParametersAndNameTheNearest() {
        eventually(() -> {
            for (String[] bad : new String[][] {
                {"sort=distanse", "did you mean distance?"},
                {"state=WACH", "did you mean WATCH?"},
                {"state=OK", "allowed is WATCH, MARGIN_CALL"},
                {"venue=nowhere", "allowed is w, x"},
                {"limit=1001", "a whole number from 1 to 1000"},
                {"srot=ratio", "did you mean sort?"},
            }) {
                HttpResponse<String> answer = TwoInstances.get(instances.first(), "/api/v1/accounts?" + bad[0]);

                assertThat(answer.statusCode()).describedAs(bad[0]).isEqualTo(400);
                assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
                assertThat(new ObjectMapper()
                                .readTree(answer.body())
                                .get("detail")
                                .asText())
                        .contains(bad[1]);
            }
        });
    }

    @Test
    void shouldTellPrometheusOfVenueLinesAndOfAccounts() {
        eventually(() -> {
            double compared = 0;
            double apart = 0;
            double watch = 0;
            for (PlimsollServer server : instances.both()) {
                String metrics = TwoInstances.get(server, "/metrics").body();
                compared += gauge(metrics, "plimsoll_venue_lines_compared{venue=\"w\"}");
                apart += gauge(metrics, "plimsoll_venue_lines_apart{venue=\"w\"}");
                watch += gauge(metrics, "plimsoll_accounts{state=\"WATCH\"}");
            }

            assertThat(compared).isEqualTo(1);
            assertThat(apart).isEqualTo(1);
            assertThat(watch).isEqualTo(4);
        });
    }

    private static double gauge(String metrics, String name) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.get("accounts").forEach(account -> ids.add(account.get("id").asText()));
        return ids;
    }
}
