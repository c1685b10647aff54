package io.plimsoll.topology;

import static io.plimsoll.topology.Published.outcome;
import static io.plimsoll.topology.Published.shock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.plimsoll.schemas.avro.AccountLeverageMeasures;
import io.plimsoll.schemas.avro.AccountLeverageOfSize;
import io.plimsoll.schemas.avro.AccountLeverageQuantile;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.ContagionFlow;
import io.plimsoll.schemas.avro.ForcedMarket;
import io.plimsoll.schemas.avro.ImpactSource;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import io.plimsoll.schemas.avro.Systemicness;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurveyTest {

    private static final int ACCOUNTS = 10;
    private static final double SIZE = 100;
    private static final double BUCKET = 0.0025;
    private static final Duration NEXT_LOOK = Duration.ofSeconds(12);
    private static final Percentage CELL = withinPercentage(0.51);

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void open() {
        monitor.at(0)
                .instrument("X", 2, 10)
                .price("X", 100)
                .instrument("Y", 2, 10)
                .price("Y", 100);
    }

    @Test
    void shouldFindWhichFallOfAllPricesFeedsItself() {
        longInBoth();
        monitor.at(1).depth("X", 100, SIZE).depth("Y", 100, SIZE).settle();

        CascadeRisk risk = Objects.requireNonNull(monitor.systemCascadeRisk());

        assertThat(risk.getSubject()).isEqualTo("system");
        assertThat(risk.getMarkPrice()).isNull();
        assertThat(risk.getAccounts()).isEqualTo(ACCOUNTS);
        assertThat(risk.getPoolsUnpriced()).isZero();
        assertThat(risk.getImpactCoverage()).isEqualTo(1);
        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.DEPTH);
        CascadeOutcome fall = outcome(risk, ShockDirection.FALL, 1);
        assertThat(fall.getTippingDistanceLow()).isCloseTo(0.05, within(BUCKET));
        assertThat(fall.getTippingPoints().get(0).getPositions()).isEqualTo(ACCOUNTS);
        ShockOutcome small = shock(fall, -0.02);
        assertThat(small.getForcedSizeHigh()).isZero();
        assertThat(small.getRestingPriceLow()).isCloseTo(0.98, within(1e-9));
        ShockOutcome large = shock(fall, -0.1);
        assertThat(large.getPositionsLow()).isEqualTo(ACCOUNTS);
        assertThat(large.getForcedSizeLow()).isCloseTo(2 * ACCOUNTS * SIZE * 100, within(1e-6));
        assertThat(large.getMarkets()).extracting(ForcedMarket::getMarket).containsExactly("test:X", "test:Y");
        assertThat(large.getMarkets().get(0).getForcedUsd()).isCloseTo(ACCOUNTS * SIZE * 100, within(1e-6));
        assertThat(large.getMarkets().get(0).getCounterUsd()).isZero();
        assertThat(outcome(risk, ShockDirection.RISE, 1).getTippingPoints()).isEmpty();
    }

    @Test
    void shouldSayWhatAFallOfOnePriceForcesInAnother() {
        // Falls where X alone is at 99.5: sells X, and buys back what it is short of Y.
        monitor.cross("a", "X", 100, 100).cross("a", "Y", -50, 100).cash("a", 0.5 * 100 + 0.05 * (9950 + 5000));
        monitor.at(1).depth("X", 100, SIZE).depth("Y", 100, SIZE).settle();

        Contagion row = Objects.requireNonNull(monitor.contagion("test:X"));
        Contagion system = Objects.requireNonNull(monitor.contagion("system"));

        assertThat(row.getShock()).isEqualTo(-0.01);
        assertThat(row.getFlows()).extracting(ContagionFlow::getMarket).containsExactly("test:X", "test:Y");
        assertThat(row.getFlows().get(0).getSoldUsd()).isEqualTo(10_000);
        assertThat(row.getFlows().get(0).getFeedback()).isPositive();
        assertThat(row.getFlows().get(1).getSoldUsd()).isZero();
        assertThat(row.getFlows().get(1).getBoughtUsd()).isEqualTo(5_000);
        assertThat(system.getSpectralRadius()).isCloseTo(row.getFlows().get(0).getFeedback(), within(1e-9));
        assertThat(system.getAccounts()).isEqualTo(1);
        assertThat(system.getVenues()).extracting(Systemicness::getName).containsExactly("test");
        assertThat(system.getAssets()).extracting(Systemicness::getName).contains("X");
    }

    @Test
    void shouldKnowWhatAllAccountsStandOnGrossAndNetted() {
        monitor.cross("a", "X", 100, 100).cross("a", "Y", -50, 100).cash("a", 2_000);
        monitor.cross("b", "X", -20, 100).cash("b", 3_000);
        monitor.settle();

        Contagion system = Objects.requireNonNull(monitor.contagion("system"));

        assertThat(system.getEquityUsd()).isEqualTo(5_000);
        assertThat(system.getGrossNotionalUsd()).isEqualTo(17_000);
        // X and Y are two assets: nothing is netted.
        assertThat(system.getCommitmentUsd()).isEqualTo(17_000);
        assertThat(system.getGrossLeverage()).isEqualTo(3.4);
        assertThat(system.getCommitmentLeverage()).isEqualTo(3.4);
        assertThat(system.getWithoutEquity()).isZero();
    }

    @Test
    void shouldSpreadLeverageOfAccountsBySideAndBySize() {
        // Net long: 15,000 on 2,000, and 1,000 on 10,000. Net short: 2,000 on 3,000. Nothing left: what had 50 and fell
        // by 100.
        monitor.cross("a", "X", 100, 100).cross("a", "Y", -50, 100).cash("a", 2_000);
        monitor.cross("b", "X", 10, 100).cash("b", 10_000);
        monitor.cross("c", "X", -20, 100).cash("c", 3_000);
        monitor.cross("d", "Y", 10, 110).cash("d", 50);
        monitor.settle();

        Contagion system = Objects.requireNonNull(monitor.contagion("system"));

        AccountLeverageMeasures spread = Objects.requireNonNull(system.getAccountLeverage());
        assertThat(spread.getLongAccounts()).isEqualTo(2);
        assertThat(spread.getShortAccounts()).isEqualTo(1);
        assertThat(spread.getLongWithoutEquity()).isEqualTo(1);
        assertThat(spread.getLongWithoutEquityUsd()).isEqualTo(1_000);
        assertThat(spread.getShortWithoutEquity()).isZero();
        assertThat(spread.getShortWithoutEquityUsd()).isZero();
        assertThat(spread.getQuantiles())
                .extracting(AccountLeverageQuantile::getQuantile)
                .containsExactly(0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99);
        AccountLeverageQuantile median = spread.getQuantiles().get(2);
        assertThat(median.getLongByAccounts()).isCloseTo(0.1, CELL);
        assertThat(median.getLongByNotional()).isCloseTo(7.5, CELL);
        assertThat(median.getShortByAccounts()).isCloseTo(2 / 3.0, CELL);
        assertThat(median.getShortByNotional()).isCloseTo(2 / 3.0, CELL);
        // X and Y are two assets: nothing is netted.
        assertThat(median.getLongCommitmentByAccounts()).isCloseTo(0.1, CELL);
        assertThat(median.getLongCommitmentByNotional()).isCloseTo(7.5, CELL);
        assertThat(spread.getSizes())
                .extracting(
                        AccountLeverageOfSize::getFromUsd,
                        AccountLeverageOfSize::getBelowUsd,
                        AccountLeverageOfSize::getAccounts,
                        AccountLeverageOfSize::getNotionalUsd)
                .containsExactly(
                        tuple(0.0, 1e3, 0L, 0.0),
                        tuple(1e3, 1e4, 2L, 17_000.0),
                        tuple(1e4, 1e5, 1L, 1_000.0),
                        tuple(1e5, 1e6, 0L, 0.0),
                        tuple(1e6, 1e7, 0L, 0.0),
                        tuple(1e7, null, 0L, 0.0));
        assertThat(spread.getSizes().get(1).getMedianLeverage()).isCloseTo(2 / 3.0, CELL);
        assertThat(spread.getSizes().get(0).getMedianLeverage()).isNull();
    }

    @Test
    void shouldForgetLeverageOfAnAccountThatHasClosed() {
        monitor.cross("a", "X", 100, 100).cash("a", 2_000);
        monitor.cross("b", "X", 100, 100).cash("b", 10_000);
        monitor.at(1).settle();
        assertThat(longs(0.9)).isCloseTo(5, CELL);

        monitor.at(2).closed("a", "X").wait(NEXT_LOOK);

        assertThat(longs(0.9)).isCloseTo(1, CELL);

        monitor.at(20).closed("b", "X").wait(NEXT_LOOK);

        assertThat(longs(0.9)).isNull();
    }

    private @Nullable Double longs(double part) {
        Contagion system = Objects.requireNonNull(monitor.contagion("system"));
        return Objects.requireNonNull(system.getAccountLeverage()).getQuantiles().stream()
                .filter(quantile -> quantile.getQuantile() == part)
                .findFirst()
                .orElseThrow()
                .getLongByAccounts();
    }

    @Test
    void shouldForgetWhatIsNoLongerSo() {
        monitor.cross("a", "X", 100, 100).cross("a", "Y", 50, 100).cash("a", 0.5 * 100 + 0.05 * (9950 + 5000));
        monitor.at(1).depth("X", 100, SIZE).depth("Y", 100, SIZE).settle();
        assertThat(monitor.contagion("test:X")).isNotNull();

        monitor.at(2).closed("a", "X").closed("a", "Y").wait(NEXT_LOOK);

        assertThat(Objects.requireNonNull(monitor.contagion("test:X")).getFlows())
                .isEmpty();
        assertThat(Objects.requireNonNull(monitor.contagion("system")).getSpectralRadius())
                .isZero();
    }

    @Test
    void shouldSayThatNothingIsKnownOfTheImpact() {
        longInBoth();
        monitor.settle();

        CascadeRisk risk = Objects.requireNonNull(monitor.systemCascadeRisk());

        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.NONE);
        assertThat(risk.getImpactCoverage()).isZero();
        assertThat(Objects.requireNonNull(monitor.contagion("system")).getSpectralRadius())
                .isNull();
    }

    /** Fall where all prices have fallen by 5 %, 5.5 % and so on up to 9.5 %. */
    private void longInBoth() {
        for (int i = 0; i < ACCOUNTS; i++) {
            double shock = 0.05 + 0.005 * i;
            String account = "a" + i;
            monitor.cross(account, "X", SIZE, 100)
                    .cross(account, "Y", SIZE, 100)
                    .cash(account, 2 * SIZE * 100 * (shock + 0.05 * (1 - shock)));
        }
    }
}
