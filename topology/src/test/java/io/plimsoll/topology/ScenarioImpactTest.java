package io.plimsoll.topology;

import static io.plimsoll.topology.Published.outcome;
import static io.plimsoll.topology.Published.shock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.schemas.avro.ScenarioLanding;
import io.plimsoll.schemas.avro.ScenarioOutcome;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.ScenarioVenue;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.topology.avro.ScenarioJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What forced trades of a scenario meet, and what pays for its bad debt. One account is long 10 and falls below 95.96. */
class ScenarioImpactTest {

    private static final String V = MonitorFixture.VENUE;
    private static final double SIZE = 10;
    private static final double PER_PERCENT = 8;

    @AutoClose
    private MonitorFixture monitor = new MonitorFixture();

    private int asked;

    @BeforeEach
    void start() {
        monitor.at(0).instrument("BTC", 5, 50).price("BTC", 100);
        monitor.cash("a", 50).cross("a", "BTC", SIZE, 100).wait(Duration.ofMillis(20));
    }

    @Test
    void shouldSellIntoTheDepthThatIsThere() {
        monitor.at(1).depth("BTC", 100, PER_PERCENT).wait(Duration.ofMillis(20));

        ScenarioLanding landing = landing(net(-0.05, 1));

        assertThat(landing.getImpact()).isEqualTo(ScenarioImpact.DEPTH);
        assertThat(landing.getDepthState()).isEqualTo(DepthQuality.LIVE);
        assertThat(landing.getDepthTimeMs())
                .isEqualTo(MonitorFixture.START.plusSeconds(1).toEpochMilli());
        // 8 within 1 %, 16 within 2 %: 10 goes a quarter of the way through the second band, in ln(price).
        double move = -Math.log(0.99) * 0.75 - Math.log(0.98) * 0.25;
        assertThat(landing.getLowPrice()).isCloseTo(95 * Math.exp(-move), within(1e-9));
        assertThat(landing.getUnfilledSize()).isZero();
    }

    @Test
    void shouldMeetOnlyTheDepthThatRemains() {
        monitor.at(1).depth("BTC", 100, PER_PERCENT).wait(Duration.ofMillis(20));

        ScenarioLanding landing = landing(net(-0.05, 0.7));

        // 10 / 0.7 = 14.29 of the whole book.
        double part = (SIZE / 0.7 - PER_PERCENT) / PER_PERCENT;
        double move = -Math.log(0.99) * (1 - part) - Math.log(0.98) * part;
        assertThat(landing.getLowPrice()).isCloseTo(95 * Math.exp(-move), within(1e-9));
    }

    @Test
    void shouldStopWhereTheBookEnds() {
        monitor.at(1).depth("BTC", 100, 0.1).wait(Duration.ofMillis(20));

        ScenarioLanding landing = landing(net(-0.05, 1));

        // Carried on to 0.35 in ln(price).
        double perLog = 0.1 / (Math.log(0.99) - Math.log(0.98));
        double held = 0.2 + perLog * (0.35 + Math.log(0.98));
        assertThat(landing.getExhausted()).isTrue();
        assertThat(landing.getUnfilledSize()).isCloseTo(SIZE - held, within(1e-9));
        assertThat(landing.getLowPrice()).isCloseTo(95 * Math.exp(-0.35), within(1e-9));
    }

    @Test
    void shouldUseTheSameImpactAsTheMarketsCascadeRisk() {
        monitor.at(1).depth("BTC", 100, PER_PERCENT).settle();

        ScenarioLanding live = landing(net(-0.05, 1));

        compare(live, "live");
        monitor.at(100).price("BTC", 100).settle();
        compare(landing(net(-0.05, 1)), "stale, no volume");
        monitor.at(200).price(price(100, 1_000.0, null)).settle();
        ScenarioLanding byVolume = landing(net(-0.05, 1));
        compare(byVolume, "stale, with volume");
        assertThat(byVolume.getImpact()).isEqualTo(ScenarioImpact.DAY_VOLUME);
        assertThat(byVolume.getLowPrice()).isCloseTo(95 * Math.exp(-0.04 * Math.sqrt(SIZE / 1_000)), within(1e-9));
    }

    /** The cascade risk's least and greatest resting price are those of one bucket, 0.1 %, of the ladder. */
    private void compare(ScenarioLanding landing, String what) {
        CascadeRisk risk = Objects.requireNonNull(monitor.cascadeRisk("BTC"));
        ShockOutcome shock = shock(outcome(risk, ShockDirection.FALL, 1), -0.05);
        assertThat(landing.getImpact().name())
                .describedAs(what)
                .isEqualTo(risk.getImpactSource().name());
        assertThat(landing.getDepthState()).describedAs(what).isEqualTo(risk.getDepthState());
        assertThat(landing.getDepthTimeMs()).describedAs(what).isEqualTo(risk.getDepthTimeMs());
        assertThat(landing.getLowPrice())
                .describedAs(what)
                .isCloseTo(Objects.requireNonNull(shock.getRestingPriceLow()), within(1e-9))
                .isCloseTo(Objects.requireNonNull(shock.getRestingPriceHigh()), within(1e-9));
    }

    @Test
    void shouldUseTheLastGoodDepthAndSayHowOldItIs() {
        monitor.at(1).depth("BTC", 100, PER_PERCENT).settle();
        monitor.at(121).price("BTC", 100).wait(Duration.ofMillis(20));

        ScenarioResult result = ask(-0.05, 1);

        assertThat(landing(net(result)).getImpact()).isEqualTo(ScenarioImpact.LAST_GOOD_DEPTH);
        assertThat(landing(net(result)).getDepthState()).isEqualTo(DepthQuality.STALE);
        assertThat(result.getStalenessMs()).isEqualTo(120_000);
    }

    @Test
    void shouldLeaveOutWhatIsCrossed() {
        monitor.at(1)
                .depth(new Depth(
                        V,
                        "BTC",
                        100.0,
                        List.of(
                                new DepthLevel(0.01, 4.0, 4.0, 107.0, 100.5),
                                new DepthLevel(0.02, 16.0, 16.0, 99.0, 101.0))))
                .wait(Duration.ofMillis(20));

        ScenarioLanding landing = landing(net(-0.05, 1));

        assertThat(landing.getDepthState()).isEqualTo(DepthQuality.CROSSED);
        assertThat(landing.getDepthBandsLeftOut()).isEqualTo(1);
        assertThat(landing.getLowPrice()).isCloseTo(95 * Math.exp(SIZE / 16 * Math.log(0.98)), within(1e-9));
    }

    @Test
    void shouldFindFrozenBandsAlsoWhereReportsAreLeftOut() {
        // A report each second: slices get one in five. The bids stand still while the price falls by 1 %.
        for (int second = 1; second <= 63; second++) {
            double mid = 100 - second / 60.0;
            monitor.at(second)
                    .price("BTC", mid)
                    .depth(new Depth(V, "BTC", mid, List.of(new DepthLevel(0.02, 16.0, 16.0 + second, null, null))));
        }
        monitor.settle();

        ScenarioLanding landing = landing(net(-0.05, 1));

        assertThat(landing.getDepthState()).isEqualTo(DepthQuality.FROZEN);
        assertThat(landing.getImpact()).isEqualTo(ScenarioImpact.LAST_GOOD_DEPTH);
        assertThat(landing.getDepthTimeMs())
                .describedAs("the last report before the bids had stood still for a minute")
                .isEqualTo(MonitorFixture.START.plusSeconds(60).toEpochMilli());
    }

    @Test
    void shouldNotSendEveryReportToTheSlices() {
        for (int second = 1; second <= 100; second++) {
            monitor.at(second).depth("BTC", 100, PER_PERCENT + second);
        }
        monitor.settle();

        String topic = monitor.driver().producedTopicNames().stream()
                .filter(name -> name.endsWith("known-depth-repartition"))
                .findFirst()
                .orElseThrow();
        long sent = monitor.driver()
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .getQueueSize();
        assertThat(sent).describedAs("one in five seconds, and the last").isEqualTo(21);
        assertThat(landing(net(-0.05, 1)).getDepthTimeMs())
                .isEqualTo(MonitorFixture.START.plusSeconds(100).toEpochMilli());
    }

    @Test
    void shouldKeepTheImpactItBeganWith() {
        monitor.close();
        monitor = new MonitorFixture(MonitorSettings.defaults().withPartitions(2));
        start();
        monitor.at(1).depth("BTC", 100, PER_PERCENT).wait(Duration.ofMillis(20));
        send(-0.05, 1);
        KeyValueStore<String, ScenarioJob> runs = monitor.driver().getKeyValueStore(MonitorStores.SCENARIO_RUNS);
        assertThat(runs.get("s1").getMarkets().get(0).getImpact()).isEqualTo("DEPTH");

        // The book is empty now, and slice 1, which has nobody who falls, is restarted: all begins again.
        monitor.at(10).depth("BTC", 100, 0.001).settle();
        monitor.slice1(1, 0, 7);
        monitor.slice1(1, 1, 8);
        monitor.slice1(2, 0, 8);
        monitor.slice1(2, 1, 8);

        ScenarioResult result = monitor.scenarioResults().readValue();
        assertThat(result.getAttempts()).isEqualTo(2);
        double move = -Math.log(0.99) * 0.75 - Math.log(0.98) * 0.25;
        assertThat(landing(net(result)).getLowPrice()).isCloseTo(95 * Math.exp(-move), within(1e-9));
    }

    @Test
    void shouldCountTheInsuranceFundOfAVenueOnce() {
        monitor.instrument("ETH", 5, 50);
        monitor.price(price(100, null, 30.0)).price(new Price(V, "ETH", 10.0, null, null, null, null, 1.0, null, 20.0));
        monitor.wait(Duration.ofMillis(20));

        ScenarioOutcome outcome = net(-0.15, 1);

        ScenarioVenue venue = outcome.getVenues().get(0);
        assertThat(outcome.getBadDebtUsd()).isCloseTo(100, within(1e-9));
        assertThat(venue.getInsuranceUsd()).isEqualTo(30);
        assertThat(venue.getAdlUsd()).isCloseTo(70, within(1e-9));
        assertThat(outcome.getAdlUsd()).isCloseTo(70, within(1e-9));
    }

    @Test
    void shouldNeedNoDeleveragingWhereTheFundSuffices() {
        monitor.price(price(100, null, 1e15)).wait(Duration.ofMillis(20));

        ScenarioOutcome outcome = net(-0.15, 1);

        assertThat(outcome.getBadDebtUsd()).isCloseTo(100, within(1e-9));
        assertThat(outcome.getAdlUsd()).isZero();
    }

    private static Price price(double mark, @Nullable Double dayVolume, @Nullable Double fund) {
        return new Price(V, "BTC", mark, null, null, null, null, 1.0, dayVolume, fund);
    }

    private ScenarioOutcome net(double shock, double depthHaircut) {
        return net(ask(shock, depthHaircut));
    }

    private static ScenarioOutcome net(ScenarioResult result) {
        return Objects.requireNonNull(result.getNet());
    }

    private ScenarioResult ask(double shock, double depthHaircut) {
        send(shock, depthHaircut);
        return monitor.scenarioResults().readValue();
    }

    private void send(double shock, double depthHaircut) {
        String id = "s" + ++asked;
        monitor.send(
                Topics.SCENARIOS,
                id,
                new Scenario(id, 1L, Map.of(Keys.market(V, "BTC"), shock), depthHaircut, Map.of(), List.of()));
    }

    private static ScenarioLanding landing(ScenarioOutcome outcome) {
        return outcome.getMarkets().get(0);
    }
}
