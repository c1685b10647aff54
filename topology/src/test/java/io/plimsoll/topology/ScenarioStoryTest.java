package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.schemas.avro.ScenarioLanding;
import io.plimsoll.schemas.avro.ScenarioOutcome;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.ScenarioState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Scenarios as they are asked for and answered. Maintenance is 1 % of notional; open interest is 1000 BTC. */
class ScenarioStoryTest {

    private static final String V = MonitorFixture.VENUE;
    private static final String BTC = Keys.market(V, "BTC");

    @AutoClose
    private MonitorFixture monitor = new MonitorFixture();

    /** Begins again on so many partitions, of which the first is here. */
    private void onPartitions(int number) {
        monitor.close();
        monitor = new MonitorFixture(MonitorSettings.defaults().withPartitions(number));
    }

    /** a long 10 BTC falls below 95.96, b long 20 BTC below 90.91, and a short far away. */
    private void threeAccounts() {
        monitor.instrument("BTC", 5, 50).price(btc(100));
        monitor.cash("a", 50).cross("a", "BTC", 10, 100);
        monitor.cash("b", 200).cross("b", "BTC", 20, 100);
        monitor.cash("c", 5000).cross("c", "BTC", -30, 100);
        monitor.wait(Duration.ofMillis(20));
    }

    private static Price btc(double mark) {
        return new Price(V, "BTC", mark, null, null, null, 1000.0, 1.0, null, null);
    }

    private static Scenario scenario(String id, Map<String, Double> shocks) {
        return new Scenario(id, 1L, shocks, 1.0, Map.of(), List.of());
    }

    private List<ScenarioResult> ask(Scenario scenario) {
        monitor.send(Topics.SCENARIOS, scenario.getId(), scenario);
        return monitor.scenarioResults().readValuesToList();
    }

    @Test
    void shouldAnswerWithBoundAndEstimate() {
        threeAccounts();

        ScenarioResult result = ask(scenario("s1", Map.of("BTC", -0.05))).get(0);

        assertThat(result.getScenarioId()).isEqualTo("s1");
        assertThat(result.getState()).isEqualTo(ScenarioState.DONE);
        assertThat(result.getAccountsJudged()).isEqualTo(3);
        assertThat(result.getAsOfMs()).isEqualTo(MonitorFixture.START.toEpochMilli());
        assertThat(result.getAttempts()).isEqualTo(1);
        ScenarioOutcome net = result.getNet();
        assertThat(net.getSettled()).isTrue();
        assertThat(net.getRounds()).isEqualTo(1);
        assertThat(net.getNotionalUsd()).isEqualTo(1000);
        ScenarioLanding landing = net.getMarkets().get(0);
        assertThat(landing.getShockedPrice()).isCloseTo(95, within(1e-12));
        assertThat(landing.getSoldSize()).isEqualTo(10);
        assertThat(landing.getSoldUsd()).isCloseTo(1000, within(1e-9));
        assertThat(landing.getImpact()).isEqualTo(ScenarioImpact.MODELLED);
        double move = 0.04 * Math.sqrt(10 / 3000.0);
        assertThat(landing.getLowPrice()).isCloseTo(95 * Math.exp(-move), within(1e-9));
        assertThat(net.getBadDebtUsd()).isCloseTo(10 * (100 - 95 * Math.exp(-move)) - 50, within(1e-5));
        assertThat(net.getAdlUsd()).isEqualTo(net.getBadDebtUsd());
        assertThat(net.getVenues().get(0).getWinnersUsd()).isCloseTo(30 * (100 - 95 * Math.exp(-move)), within(1e-5));
        assertThat(net.getPath()).hasSize(2);
        assertThat(result.getGross().getNotionalUsd()).isEqualTo(1000);
    }

    @Test
    void shouldGoOnRoundByRoundWithLittleDepth() {
        threeAccounts();
        Scenario thin = new Scenario("s1", 1L, Map.of("BTC", -0.08), 0.02, Map.of(), List.of());

        ScenarioOutcome net = ask(thin).get(0).getNet();

        // 10 BTC in 2 % of the depth: 92 x exp(-0.04 sqrt(10 / 60)) = 90.51, and b falls too.
        assertThat(net.getRounds()).isEqualTo(2);
        assertThat(net.getPath().get(0).getSoldSize()).containsExactly(Map.entry(BTC, 10.0));
        assertThat(net.getPath().get(1).getSoldSize()).containsExactly(Map.entry(BTC, 20.0));
        assertThat(net.getPath().get(2).getLowPrices().get(BTC))
                .isCloseTo(92 * Math.exp(-0.04 * Math.sqrt(30 / 60.0)), within(1e-9));
    }

    @Test
    void shouldSaySoWhereNothingIsKnownOfDepth() {
        monitor.instrument("BTC", 5, 50).price("BTC", 100).cash("a", 50).cross("a", "BTC", 10, 100);
        monitor.wait(Duration.ofMillis(20));

        ScenarioLanding landing = ask(scenario("s1", Map.of(BTC, -0.05)))
                .get(0)
                .getGross()
                .getMarkets()
                .get(0);

        assertThat(landing.getImpact()).isEqualTo(ScenarioImpact.NONE);
        assertThat(landing.getLowPrice()).isEqualTo(95);
    }

    @Test
    void shouldCutCollateralAndLeaveAccountsOut() {
        threeAccounts();
        monitor.send(
                Topics.COLLATERAL,
                Keys.collateral(V, "d", "USDE"),
                new Collateral(V, "d", "USDE", 100.0, 1.0, 1.0, null, null));
        monitor.cross("d", "BTC", 10, 100);
        Scenario cut = new Scenario("s1", 1L, Map.of(), 1.0, Map.of("USDE", 0.95), List.of("test:c"));

        ScenarioResult result = ask(cut).get(0);

        assertThat(result.getNet().getAccounts()).isEqualTo(1);
        assertThat(result.getAccountsJudged()).isEqualTo(3);
        assertThat(result.getCollateralCuts()).containsExactly(Map.entry("USDE", 0.95));
    }

    @Test
    void shouldNotAnswerTheSameIdTwice() {
        threeAccounts();

        assertThat(ask(scenario("s1", Map.of("BTC", -0.05)))).hasSize(1);
        assertThat(ask(scenario("s1", Map.of("BTC", -0.5)))).isEmpty();
        assertThat(monitor.deadLetters()).isEmpty();
    }

    @Test
    void shouldKeepAnAnswerForAWhile() {
        threeAccounts();
        ask(scenario("s1", Map.of("BTC", -0.05)));
        KeyValueStore<String, ScenarioResult> store = monitor.driver().getKeyValueStore(MonitorStores.SCENARIO_RESULTS);
        assertThat(store.get("s1")).isNotNull();

        monitor.driver().advanceWallClockTime(Duration.ofHours(26));

        assertThat(store.get("s1")).isNull();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        threeAccounts();

        ask(scenario("s1", Map.of("BTC", -1.0)));
        ask(new Scenario("s2", 1L, Map.of(), 0.0, Map.of(), List.of()));
        ask(new Scenario("s3", 1L, Map.of(), 1.0, Map.of("USDE", -0.1), List.of()));
        ask(new Scenario("s4", 1L, Map.of(), 1.0, Map.of(), List.of("nobody")));
        ask(scenario("s5", Map.of("ETH", -0.1)));
        monitor.send(Topics.SCENARIOS, "other", scenario("s6", Map.of()));

        assertThat(monitor.deadLetters())
                .extracting(DeadLetter::getReason, DeadLetter::getDetail)
                .containsExactly(
                        refused("shocks.BTC is -1.0, allowed is more than -1 and up to 99.0"),
                        refused("depthHaircut is 0.0, allowed is more than 0 and up to 1"),
                        refused("collateralCuts.USDE is -0.1, allowed is 0 to 1"),
                        refused("removedAccounts is nobody, allowed is venue:account"),
                        refused("shock of ETH is -0.1, allowed are base assets and markets (venue:symbol) that have"
                                + " a price"),
                        tuple(DeadLetterReason.KEY_MISMATCH, "key is other, but the value says s6"));
        assertThat(monitor.scenarioResults().isEmpty()).isTrue();
    }

    private static Tuple refused(String detail) {
        return tuple(DeadLetterReason.INVALID_VALUE, detail);
    }

    @Test
    void shouldNameTheSlicesThatDoNotAnswer() {
        // The driver runs one partition of three: slices 1 and 2 are on no instance.
        onPartitions(3);
        threeAccounts();

        assertThat(ask(scenario("s1", Map.of("BTC", -0.05)))).isEmpty();
        monitor.driver().advanceWallClockTime(Duration.ofMinutes(3));

        ScenarioResult result = monitor.scenarioResults().readValue();
        assertThat(result.getState()).isEqualTo(ScenarioState.TIMED_OUT);
        assertThat(result.getMissingSlices()).containsExactly(1, 2);
        assertThat(result.getNet()).isNull();
    }

    @Test
    void shouldBeginAgainWhenASliceIsNotWhatItWas() {
        onPartitions(2);
        threeAccounts();
        assertThat(ask(scenario("s1", Map.of("BTC", -0.05)))).isEmpty();

        // Slice 1 has nobody who falls, as the test says in its place; then it is restarted.
        monitor.slice1(1, 0, 7);
        monitor.slice1(1, 1, 8);
        assertThat(monitor.scenarioResults().isEmpty()).isTrue();
        monitor.slice1(2, 0, 8);
        monitor.slice1(2, 0, 8);
        monitor.slice1(1, 1, 7);
        monitor.slice1(2, 1, 8);

        ScenarioResult result = monitor.scenarioResults().readValue();
        assertThat(result.getAttempts()).isEqualTo(2);
        assertThat(result.getState()).isEqualTo(ScenarioState.DONE);
        assertThat(result.getNet().getNotionalUsd()).isEqualTo(1000);
        assertThat(monitor.scenarioResults().isEmpty()).isTrue();
    }

    @Test
    void shouldSeeAccountsAsTheyWereWhenItBegan() {
        onPartitions(2);
        threeAccounts();
        ask(new Scenario("s1", 1L, Map.of("BTC", -0.08), 0.02, Map.of(), List.of()));

        // After round 0 a closes, b is rich, and another one comes who would fall.
        monitor.at(1).closed("a", "BTC").cash("b", 5000).cash("e", 1).cross("e", "BTC", 100, 100);
        monitor.slice1(1, 0, 7);
        monitor.slice1(1, 1, 7);
        monitor.slice1(1, 2, 7);

        ScenarioResult result = monitor.scenarioResults().readValue();
        assertThat(result.getNet().getNotionalUsd()).isEqualTo(3000);
        assertThat(result.getAccountsJudged()).isEqualTo(3);
    }
}
