package io.plimsoll.topology;

import static io.plimsoll.topology.Published.outcome;
import static io.plimsoll.topology.Published.shock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.RebalancedOutcome;
import io.plimsoll.schemas.avro.RebalancedShock;
import io.plimsoll.schemas.avro.RebalancingFlow;
import io.plimsoll.schemas.avro.RebalancingRisk;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.schemas.avro.Strategy;
import io.plimsoll.schemas.avro.StrategyKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Funds that sell after falls and buy after rises, told beside what is observed. */
class StrategiesTest {

    private static final double ROUNDING = 1e-9;

    @AutoClose
    private MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void open() {
        // One long of 100 with its line at 95, in a book of 100 per 1 %.
        monitor.at(0)
                .instrument("X", 2, 10)
                .price("X", 100)
                .depth("X", 100, 100)
                .isolated("a", "X", 100, 100, 100 * (100 - 0.95 * 95));
    }

    @Test
    void shouldSayWhatAFundTradesAndWhatThatSetsOff() {
        CascadeRisk without = settled();
        assertThat(without.getRebalancing()).isNull();

        monitor.at(1).strategy(token("BULL", 3, 1_000)).settle();

        CascadeRisk with = settled();
        RebalancingRisk funds = Objects.requireNonNull(with.getRebalancing());
        assertThat(funds.getStrategies()).isEqualTo(1);
        assertThat(funds.getOldestMs()).isEqualTo(MonitorFixture.START.toEpochMilli() + 1_000);
        assertThat(funds.getAssetsUsd()).isEqualTo(1_000);
        assertThat(funds.getExposureUsd()).isEqualTo(3_000);
        assertThat(funds.getUsdPerMove()).isEqualTo(6_000);
        assertThat(flow(funds, -0.05)).isCloseTo(-300, within(ROUNDING));
        assertThat(flow(funds, 0.05)).isCloseTo(300, within(ROUNDING));
        assertThat(funds.getFlows()).hasSize(10);
        assertThat(funds.getOutcomes()).hasSize(6);

        // 95.5 leaves the long alone; what the fund sells on the way brings it to its line.
        RebalancedShock shock = rebalanced(funds, ShockDirection.FALL, 0.1, -0.05);
        ShockOutcome alone = shock(outcome(with, ShockDirection.FALL, 0.1), -0.05);
        assertThat(shock.getRestingPriceLow()).isLessThan(Objects.requireNonNull(alone.getRestingPriceLow()));
        assertThat(shock.getEndogenousHigh()).isGreaterThan(Objects.requireNonNull(alone.getEndogenousHigh()));
        assertThat(shock.getRebalancingUsdHigh()).isLessThan(-300);
        // What is observed is told as if there were no fund.
        assertThat(with.getOutcomes()).isEqualTo(without.getOutcomes());
    }

    @Test
    void shouldAddFundsUpWhateverTheyAreCalled() {
        monitor.at(1)
                .strategy(token("BULL", 3, 1_000))
                .strategy(token("BEAR", -3, 1_000))
                .strategy(fund("CPPI", StrategyKind.CONSTANT_PROPORTION, 4, 500, 400.0))
                .strategy(fund("TARGET", StrategyKind.TARGET_LEVERAGE, 2, 700, null));

        RebalancingRisk funds = Objects.requireNonNull(settled().getRebalancing());

        assertThat(funds.getStrategies()).isEqualTo(4);
        // 3 x 2 x 1,000 + 3 x 4 x 1,000 + 4 x 3 x (500 - 400) + 2 x 1 x 700
        assertThat(funds.getUsdPerMove()).isCloseTo(6_000 + 12_000 + 1_200 + 1_400, within(ROUNDING));
        assertThat(flow(funds, -0.01)).isCloseTo(-206, within(ROUNDING));
    }

    @Test
    void shouldForgetAFundThatIsGoneAndNotLetAnOldRecordBringItBack() {
        monitor.at(10).strategy(token("BULL", 3, 1_000)).settle();
        monitor.at(20).strategy(token("BULL", 3, 2_000));
        assertThat(Objects.requireNonNull(settled().getRebalancing()).getUsdPerMove())
                .isEqualTo(12_000);

        monitor.at(15).strategy(token("BULL", 3, 5_000));
        assertThat(Objects.requireNonNull(settled().getRebalancing()).getUsdPerMove())
                .isEqualTo(12_000);

        monitor.at(30).send(Topics.STRATEGIES, Keys.strategy(MonitorFixture.VENUE, "BULL", "X"), null);
        assertThat(settled().getRebalancing()).isNull();

        monitor.at(25).strategy(token("BULL", 3, 5_000));
        assertThat(settled().getRebalancing()).isNull();
    }

    @Test
    void shouldNotCountInsuranceThatHasNothingAboveItsFloor() {
        monitor.at(1).strategy(fund("CPPI", StrategyKind.CONSTANT_PROPORTION, 4, 400, 400.0));

        assertThat(settled().getRebalancing()).isNull();
    }

    @Test
    void shouldKnowWhatIsTradedWhereTheBookIsNotKnown() {
        monitor.at(1)
                .instrument("Y", 2, 10)
                .price("Y", 50)
                .strategy(
                        new Strategy(MonitorFixture.VENUE, "BULL", "Y", StrategyKind.LEVERAGED_TOKEN, 3.0, 100.0, null))
                .settle();

        RebalancingRisk funds = Objects.requireNonNull(
                Objects.requireNonNull(monitor.cascadeRisk("Y")).getRebalancing());

        assertThat(flow(funds, -0.2)).isCloseTo(-120, within(ROUNDING));
        assertThat(funds.getOutcomes()).isEmpty();
    }

    @Test
    void shouldSayNothingOfFundsWhereTheyAreSwitchedOff() {
        monitor.close();
        ImpactSettings off = new ImpactSettings(
                ImpactSettings.DEFAULT.depthStale(),
                ImpactSettings.DEFAULT.depthFrozen(),
                ImpactSettings.DEFAULT.dailyVolatility(),
                false);
        monitor = new MonitorFixture(MonitorFixture.SETTINGS.withImpact(off));
        monitor.at(1)
                .instrument("X", 2, 10)
                .price("X", 100)
                .depth("X", 100, 100)
                .strategy(token("BULL", 3, 1_000));

        assertThat(settled().getRebalancing()).isNull();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        monitor.at(1)
                .strategy(token("HALF", 0.5, 1_000))
                .strategy(token("WILD", 101, 1_000))
                .strategy(token("POOR", 3, -1))
                .strategy(fund("FLOORED", StrategyKind.LEVERAGED_TOKEN, 3, 1_000, 500.0))
                .strategy(fund("FLOORLESS", StrategyKind.CONSTANT_PROPORTION, 3, 1_000, null))
                .send(Topics.STRATEGIES, Keys.strategy(MonitorFixture.VENUE, "OTHER", "X"), token("BULL", 3, 1_000))
                .sendBytes(Topics.STRATEGIES.name(), "nonsense".getBytes(StandardCharsets.UTF_8), null);

        assertThat(settled().getRebalancing()).isNull();
        assertThat(monitor.deadLetters())
                .extracting(DeadLetter::getDetail)
                .anyMatch(detail -> detail.contains("leverage is 0.5, allowed is above 1 or below 0"))
                .anyMatch(detail -> detail.contains("leverage is 101.0"))
                .anyMatch(detail -> detail.contains("assetsUsd is -1.0"))
                .anyMatch(detail -> detail.contains("floorUsd is 500.0"))
                .anyMatch(detail -> detail.contains("floorUsd is null"))
                .hasSize(7);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldEqualARecomputationFromTheRawRecords(long seed) {
        Random random = new Random(seed);
        Map<String, @Nullable Strategy> newest = new TreeMap<>();
        Map<String, Double> times = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            double second = 1 + random.nextInt(200);
            String name = "F" + random.nextInt(20);
            double leverage = random.nextBoolean() ? 1.25 + random.nextInt(8) / 4.0 : -0.5 - random.nextInt(5);
            double assets = Math.round(1e6 * random.nextDouble()) / 100.0;
            boolean insured = random.nextInt(3) == 0;
            Strategy strategy = random.nextInt(8) == 0
                    ? null
                    : fund(
                            name,
                            insured ? StrategyKind.CONSTANT_PROPORTION : StrategyKind.TARGET_LEVERAGE,
                            leverage,
                            assets,
                            insured ? (Double) 5_000.0 : null);
            monitor.at(second).send(Topics.STRATEGIES, Keys.strategy(MonitorFixture.VENUE, name, "X"), strategy);
            if (!(times.getOrDefault(name, 0.0) > second)) {
                times.put(name, second);
                newest.put(name, strategy);
            }
        }

        RebalancingRisk funds = Objects.requireNonNull(settled().getRebalancing());

        for (RebalancingFlow flow : funds.getFlows()) {
            double expected = 0;
            for (Strategy each : newest.values()) {
                expected += each == null ? 0 : traded(each, flow.getMove());
            }
            assertThat(flow.getUsd())
                    .describedAs("seed %d, move %f", seed, flow.getMove())
                    .isCloseTo(expected, within(ROUNDING * funds.getExposureUsd()));
        }
        assertThat(funds.getStrategies()).isEqualTo((int) newest.values().stream()
                .filter(each -> each != null && above(each) > 0)
                .count());
    }

    private static double above(Strategy fund) {
        return Math.max(0, fund.getAssetsUsd() - (fund.getFloorUsd() == null ? 0 : fund.getFloorUsd()));
    }

    /** Its exposure at its leverage after the move, less what its exposure has become. */
    private static double traded(Strategy fund, double move) {
        double leverage = fund.getLeverage();
        double last = -1 / leverage;
        double its = last < 0 ? Math.max(last, move) : Math.min(last, move);
        double after = above(fund) * (1 + leverage * its);
        return leverage * after - leverage * above(fund) * (1 + its);
    }

    private CascadeRisk settled() {
        monitor.settle();
        return Objects.requireNonNull(monitor.cascadeRisk("X"));
    }

    private static Strategy token(String name, double leverage, double assetsUsd) {
        return fund(name, StrategyKind.LEVERAGED_TOKEN, leverage, assetsUsd, null);
    }

    private static Strategy fund(
            String name, StrategyKind kind, double leverage, double assetsUsd, @Nullable Double floorUsd) {
        return new Strategy(MonitorFixture.VENUE, name, "X", kind, leverage, assetsUsd, floorUsd);
    }

    private static double flow(RebalancingRisk funds, double move) {
        return funds.getFlows().stream()
                .filter(flow -> flow.getMove() == move)
                .findFirst()
                .orElseThrow()
                .getUsd();
    }

    private static RebalancedShock rebalanced(
            RebalancingRisk funds, ShockDirection direction, double haircut, double shock) {
        RebalancedOutcome outcome = funds.getOutcomes().stream()
                .filter(each -> each.getDirection() == direction && each.getDepthHaircut() == haircut)
                .findFirst()
                .orElseThrow();
        return outcome.getShocks().stream()
                .filter(each -> each.getShock() == shock)
                .findFirst()
                .orElseThrow();
    }
}
