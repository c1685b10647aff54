package io.plimsoll.topology;

import static io.plimsoll.topology.Published.outcome;
import static io.plimsoll.topology.Published.shock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurveyTest {

    private static final int ACCOUNTS = 10;
    private static final double SIZE = 100;
    private static final double BUCKET = 0.0025;
    private static final Duration NEXT_LOOK = Duration.ofSeconds(12);

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
