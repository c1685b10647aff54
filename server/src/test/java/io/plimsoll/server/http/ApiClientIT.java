package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.client.ApiClient;
import io.plimsoll.client.ApiException;
import io.plimsoll.client.api.AccountsApi;
import io.plimsoll.client.api.AlertsApi;
import io.plimsoll.client.api.FeedsApi;
import io.plimsoll.client.api.MarketsApi;
import io.plimsoll.client.api.ProgramApi;
import io.plimsoll.client.api.ScenariosApi;
import io.plimsoll.client.api.SystemApi;
import io.plimsoll.client.model.Acknowledgement;
import io.plimsoll.client.model.CollateralOf;
import io.plimsoll.client.model.ConnectorStatus;
import io.plimsoll.client.model.Market;
import io.plimsoll.client.model.PatternSilence;
import io.plimsoll.client.model.ScenarioAnswer;
import io.plimsoll.client.model.ScenarioRequest;
import io.plimsoll.client.model.Silence;
import io.plimsoll.client.model.SubjectMeasures;
import io.plimsoll.server.PlimsollServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that the build generated from docs/openapi.json calls every operation of the document. */
class ApiClientIT {

    private static final String ID = ApiScene.FIRING.getId();
    private static final String TARGET = "*|nowhere:*";

    @TempDir
    private static Path dir;

    @Test
    void shouldCallEveryOperation() throws Exception {
        Set<String> called = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        try (TwoInstances instances = ApiScene.start(dir, Map.of())) {
            List<CheckedAnswers> answers = new ArrayList<>();
            for (PlimsollServer server : instances.both()) {
                JsonNode document = TwoInstances.json(server, "/api/v1/openapi.json");
                all.addAll(document.findValuesAsText("operationId"));
                CheckedAnswers checked = new CheckedAnswers(document);
                answers.add(checked);
                ApiClient client = client(server, checked);
                readMarkets(new MarketsApi(client), new SystemApi(client));
                readFeeds(new FeedsApi(client));
                readTheRest(new AccountsApi(client), new AlertsApi(client), new ProgramApi(client));
                runScenario(new ScenariosApi(client));
                act(new AlertsApi(client));
            }
            for (Following stream : List.of(
                    new Following(
                            "event: alert", ID, api -> new AlertsApi(api).followAlerts(null, null, null, null, null)),
                    new Following(
                            "event: market", ApiScene.MARKET, api -> new SystemApi(api).followStates(null, null)))) {
                follow(stream, client(instances.first(), answers.get(0)), answers.get(0));
            }
            answers.forEach(each -> called.addAll(each.called()));
        }

        assertThat(called).containsExactlyElementsOf(all);
        assertThat(all).hasSizeGreaterThan(30);
    }

    private static ApiClient client(PlimsollServer server, CheckedAnswers answers) {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + server.port());
        client.setObjectMapper(answers);
        client.setResponseInterceptor(response -> {
            if (response.statusCode() < 400) {
                answers.answered(response);
            }
        });
        return client;
    }

    private static void readMarkets(MarketsApi markets, SystemApi system) throws Exception {
        String market = ApiScene.MARKET;
        assertThat(markets.listMarkets(List.of(market), null, null, null).getMarkets())
                .extracting(Market::getId)
                .containsExactly(market);
        assertThat(markets.getMarket(market, null).getMarkPrice()).isEqualTo(AccountScene.PRICE);
        assertThat(markets.listMarketWindows(market, "1m", null, null, List.of("leverage"), 10, null, null)
                        .getSize())
                .isEqualTo("1m");
        assertThat(markets.getLadder(market, null).getLiquidation()).isNotEmpty();
        assertThat(markets.listLadderHistory(market, "5m", null, null, null, null, null)
                        .getLadders())
                .singleElement()
                .satisfies(past -> {
                    assertThat(past.getMarkPrice()).isEqualTo(AccountScene.PRICE);
                    // The first ladder of a window is kept: here it may be older than the positions.
                    assertThat(past.getCells()).isNotNull();
                });
        assertThat(markets.getMarketMeasures(market, null).getVolatility().getHorizons())
                .hasSize(3);
        assertThat(markets.listMarketMeasures(List.of(market), null, null, null).getMeasures())
                .singleElement()
                .satisfies(measured -> {
                    assertThat(measured.getId()).isEqualTo(market);
                    assertThat(measured.getVolatility().getHorizons()).hasSize(3);
                });
        assertThat(markets.getMarketCascade(market, null, null, null).getId()).isEqualTo(market);
        assertThat(markets.getMarketCascade(market, -0.1, 0.5, null).getAsked().getShock())
                .isEqualTo(-0.1);
        assertThat(markets.listTippingPoints(null, null, null, null).getMarkets())
                .isNotEmpty();
        assertThat(markets.listCascades(null, market, null, null, "2020-01-01T00:00:00Z", 10, null, null)
                        .getCascades())
                .isNotEmpty();
        assertThat(markets.listOptions(null, null, null).getUnderlyings()).hasSize(1);
        assertThat(markets.getOptions(ApiScene.OPTIONS, null).getTotal().getOptions())
                .isEqualTo(1);
        assertThat(markets.listOptionStrikes(ApiScene.OPTIONS, null).getStrikes())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getStrike()).isEqualTo(AccountScene.PRICE);
                    assertThat(each.getOptions()).isEqualTo(1);
                    assertThat(each.getGammaUsd()).isPositive();
                });
        assertThat(markets.listOptionExpiries(ApiScene.OPTIONS, null).getExpiries())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getExpiryMs()).isGreaterThan(System.currentTimeMillis());
                    assertThat(each.getOptions()).isEqualTo(1);
                    assertThat(each.getGammaUsd()).isPositive();
                });
        assertThatThrownBy(() -> markets.getMarket("w:NOPE", null))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getResponseBody()).contains("\"parameter\":\"id\"", "w:LIT"));

        assertThat(system.listSubjects(null, null, null).getSubjects()).isNotEmpty();
        assertThat(system.getSubject("system", null).getMarkets()).isPositive();
        assertThat(system.getSubjectMeasures("system", null).getSubject()).isEqualTo("system");
        assertThat(system.listSubjectMeasures(null, null, null).getMeasures())
                .extracting(SubjectMeasures::getId)
                .contains("asset:LIT", "system", "venue:w");
        assertThat(system.listSystemWindows(null, null, null, null, null, null, null, null)
                        .getId())
                .isEqualTo("system");
        assertThat(system.getSystemCascade(null).getAccounts()).isPositive();
        assertThat(system.getContagion(null).getAccounts()).isPositive();
        assertThat(system.listCollateral(null, null, null).getSubjects())
                .extracting(CollateralOf::getId)
                .contains("system", "venue:w");
        assertThat(system.getCollateral("system", null).getCollateralUsd()).isPositive();
    }

    private static void readFeeds(FeedsApi feeds) throws Exception {
        assertThat(feeds.listFeeds(null, null, null).getFeeds())
                .filteredOn(feed -> feed.getId().equals("prices:w"))
                .singleElement()
                .satisfies(feed -> assertThat(feed.getLive()).isTrue());
        assertThat(feeds.listFeedStatuses(null, null).getStatuses())
                .extracting(ConnectorStatus::getId)
                .containsExactly(ApiScene.STATUS);
        assertThat(feeds.listDeadLetters(List.of("UNKNOWN_INSTRUMENT"), 10, null)
                        .getDeadLetters())
                .isNotEmpty()
                .allSatisfy(letter -> assertThat(letter.getTopic()).isEqualTo("plimsoll.positions"));
        assertThat(feeds.listDeadLetters(List.of("UNKNOWN_SCHEMA"), null, null).getDeadLetters())
                .isEmpty();
    }

    private static void readTheRest(AccountsApi accounts, AlertsApi alerts, ProgramApi program) throws Exception {
        assertThat(accounts.listAccounts("distance", "w", null, null, 2, null, null)
                        .getAccounts())
                .hasSize(2);
        for (String account : List.of("w:watch", "w:dark", "w:strange", "w:loan", "w:calm")) {
            assertThat(accounts.getAccount(account, null).getId()).isEqualTo(account);
        }
        assertThat(alerts.listAlerts(List.of("firing"), List.of("critical"), "w:*", "tip", null, 10, null)
                        .getAlerts())
                .hasSize(1);
        assertThat(alerts.getAlert(ID).getChildren()).isZero();
        assertThat(alerts.getAlertDelivery().getWebhook()).isNull();
        assertThat(program.getLiveness().getStreams()).isEqualTo("RUNNING");
        assertThat(program.getReadiness().getStatus().getValue()).isEqualTo("UP");
        assertThat(program.getMetrics()).contains("jvm_");
        assertThat(program.getOpenApiDocument()).containsEntry("openapi", "3.1.0");
    }

    private static void runScenario(ScenariosApi scenarios) throws Exception {
        ScenarioAnswer taken = scenarios.runScenario(new ScenarioRequest().shocks(Map.of("LIT", -0.1)));
        assertThat(taken.getState()).isEqualTo(ScenarioAnswer.StateEnum.RUNNING);
        ApiScene.patiently()
                .until(() -> scenarios.getScenario(taken.getId(), null).getState() == ScenarioAnswer.StateEnum.DONE);
    }

    private static void act(AlertsApi alerts) throws Exception {
        alerts.acknowledgeAlert(ID, new Acknowledgement().by("ann").reason("on it"));
        alerts.takeBackAcknowledgement(ID);
        alerts.silenceAlert(ID, new Silence().by("ann").reason("known")._for("2h"));
        alerts.takeBackSilence(ID);
        alerts.silencePattern(
                new PatternSilence().target(TARGET).by("bob").reason("test")._for("1h"));
        ApiScene.patiently()
                .until(() -> alerts.listAlertActions(null, null).getActions().stream()
                        .anyMatch(action -> action.getTarget().equals(TARGET)));
        assertThat(alerts.takeBackAction(TARGET).getAction()).isNull();
    }

    /** A call that opens a stream. */
    private interface Call {
        void of(ApiClient client) throws ApiException;
    }

    /**
     * A stream.
     *
     * @param event that it brings
     * @param until what has come when it has said enough
     */
    private record Following(String event, String until, Call call) {}

    /** A stream without end, of which the generated code would read all: it is closed when it has said enough. */
    private static void follow(Following stream, ApiClient client, CheckedAnswers answers) {
        List<String> events = new ArrayList<>();
        client.setResponseInterceptor(response -> {
            answers.answered(response);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                while (events.stream().noneMatch(line -> line.contains(stream.until()))) {
                    events.add(lines.readLine());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThatThrownBy(() -> stream.call().of(client))
                .isInstanceOf(ApiException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(events).contains(stream.event());
    }
}
