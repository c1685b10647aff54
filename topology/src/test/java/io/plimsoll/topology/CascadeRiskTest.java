package io.plimsoll.topology;

import static io.plimsoll.topology.Published.outcome;
import static io.plimsoll.topology.Published.shock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ImpactSource;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CascadeRiskTest {

    private static final int ACCOUNTS = 10;
    private static final double SIZE = 100;
    private static final double PER_PERCENT = 100;
    private static final double BUCKET = 0.001;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void open() {
        monitor.at(0).instrument("X", 2, 10).price("X", 100);
        // Long lines at 95, 94.5 and so on down to 90.5, bankrupt 5 % below each.
        for (int i = 0; i < ACCOUNTS; i++) {
            double line = 95 - 0.5 * i;
            monitor.isolated("a" + i, "X", SIZE, 100, SIZE * (100 - 0.95 * line));
        }
    }

    @Test
    void shouldFindWhereSellingFeedsItself() {
        monitor.at(1).depth("X", 100, PER_PERCENT).settle();

        CascadeRisk risk = cascade();
        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.DEPTH);
        assertThat(risk.getDepthState()).isEqualTo(DepthQuality.LIVE);
        CascadeOutcome fall = outcome(risk, ShockDirection.FALL, 1);
        assertThat(fall.getTippingPoints()).hasSize(1);
        assertThat(fall.getTippingDistanceLow()).isCloseTo(0.05, within(BUCKET));
        assertThat(fall.getTippingDistanceHigh()).isCloseTo(0.05, within(BUCKET));
        assertThat(fall.getTippingDistanceWithoutLargest()).isGreaterThan(0.05 - BUCKET);
        assertThat(fall.getTippingPoints().get(0).getPositions()).isEqualTo(ACCOUNTS);
        assertThat(fall.getTippingPoints().get(0).getSize()).isEqualTo(ACCOUNTS * SIZE);
        assertThat(fall.getReproductionMax()).isGreaterThan(1);
        CascadeOutcome rise = outcome(risk, ShockDirection.RISE, 1);
        assertThat(rise.getTippingPoints()).isEmpty();
        assertThat(rise.getTippingDistanceLow()).isNull();
    }

    @Test
    void shouldSayWhereAShockComesToRest() {
        monitor.at(1).depth("X", 100, PER_PERCENT).settle();

        ShockOutcome small = shock(outcome(cascade(), ShockDirection.FALL, 1), -0.02);
        assertThat(small.getRestingPriceLow()).isCloseTo(98, within(1e-9));
        assertThat(small.getForcedSizeHigh()).isZero();
        assertThat(small.getAmplificationHigh()).isEqualTo(1);
        ShockOutcome large = shock(outcome(cascade(), ShockDirection.FALL, 1), -0.1);
        // All ten sell a thousand into a book of a hundred per percent, beyond the two percent that it shows.
        double landing = 90 * Math.exp(ACCOUNTS * SIZE / PER_PERCENT * lastBandPerPercent());
        assertThat(large.getRestingPriceLow()).isCloseTo(landing, within(0.5));
        assertThat(large.getRestingPriceHigh()).isCloseTo(landing, within(0.5));
        assertThat(large.getForcedSizeLow()).isEqualTo(ACCOUNTS * SIZE);
        assertThat(large.getPositionsHigh()).isEqualTo(ACCOUNTS);
        assertThat(large.getBeyondDepth()).isTrue();
        double owed = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            owed += SIZE * (0.95 * (95 - 0.5 * i) - large.getRestingPriceLow());
        }
        assertThat(large.getBadDebtUsdHigh()).isCloseTo(owed, within(0.02 * owed));
        assertThat(large.getBadDebtUsdLow()).isLessThanOrEqualTo(large.getBadDebtUsdHigh());
        assertThat(large.getTop1ShareLow()).isEqualTo(0.1);
        assertThat(large.getTop1ShareHigh()).isEqualTo(0.1);
        assertThat(large.getTop5ShareLow()).isEqualTo(0.5);
        assertThat(large.getTop20ShareHigh()).isEqualTo(1);
    }

    @Test
    void shouldGrowWorseAsDepthGoes() {
        monitor.at(1).depth("X", 100, 2 * PER_PERCENT).settle();

        CascadeRisk risk = cascade();

        double whole = shock(outcome(risk, ShockDirection.FALL, 1), -0.1).getEndogenousHigh();
        double third = shock(outcome(risk, ShockDirection.FALL, 0.3), -0.1).getEndogenousHigh();
        assertThat(third).isGreaterThan(whole);
        ShockOutcome tenth = shock(outcome(risk, ShockDirection.FALL, 0.1), -0.1);
        assertThat(tenth.getRestingPriceLow())
                .describedAs("a tenth of the book holds 700")
                .isNull();
        assertThat(tenth.getUnfilledSize()).isGreaterThan(0);
        assertThat(tenth.getBadDebtUsdHigh()).isNull();
    }

    @Test
    void shouldSayThatNothingIsKnownOfTheImpact() {
        monitor.settle();

        CascadeRisk risk = cascade();

        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.NONE);
        assertThat(risk.getDepthState()).isEqualTo(DepthQuality.MISSING);
        assertThat(risk.getOutcomes()).isEmpty();
        assertThat(risk.getDepthTimeMs()).isNull();
    }

    @Test
    void shouldFallBackToTheDayVolumeWhenDepthIsLate() {
        monitor.at(1).depth("X", 100, PER_PERCENT).settle();
        monitor.at(120).price(withDayVolume(99, 1_000_000.0)).settle();

        CascadeRisk risk = cascade();

        assertThat(risk.getDepthState()).isEqualTo(DepthQuality.STALE);
        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.DAY_VOLUME);
        assertThat(risk.getDepthTimeMs()).isNull();
        // 0.04 x sqrt(1,000 / 1,000,000)
        assertThat(shock(outcome(risk, ShockDirection.FALL, 1), -0.1).getEndogenousHigh())
                .isCloseTo(0.04 * Math.sqrt(0.001), within(1e-9));
        assertThat(shock(outcome(risk, ShockDirection.FALL, 1), -0.1).getBeyondDepth())
                .isTrue();
    }

    @Test
    void shouldUseTheLastGoodDepthAndSaySoWhereThereIsNothingElse() {
        monitor.at(1).depth("X", 100, PER_PERCENT).settle();
        monitor.at(120).price("X", 99).settle();

        CascadeRisk risk = cascade();

        assertThat(risk.getDepthState()).isEqualTo(DepthQuality.STALE);
        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.LAST_GOOD_DEPTH);
        assertThat(risk.getStalenessMs()).isEqualTo(120_000);
    }

    @Test
    void shouldLeaveCrossedBandsOutAndSaySo() {
        Depth crossed = new Depth(
                MonitorFixture.VENUE,
                "X",
                100.0,
                List.of(
                        new DepthLevel(0.01, 17.0, 100.0, 107.0, 100.5),
                        new DepthLevel(0.04, 400.0, 400.0, 98.0, 102.0)));
        monitor.at(1).depth(crossed).settle();

        CascadeRisk risk = cascade();

        assertThat(risk.getDepthState()).isEqualTo(DepthQuality.CROSSED);
        assertThat(risk.getImpactSource()).isEqualTo(ImpactSource.DEPTH);
        assertThat(risk.getDepthBandsLeftOut()).isEqualTo(1);
    }

    private CascadeRisk cascade() {
        return Objects.requireNonNull(monitor.cascadeRisk("X"));
    }

    private static double lastBandPerPercent() {
        return Math.log(0.98 / 0.99);
    }

    private static Price withDayVolume(double mark, double volume) {
        return new Price(MonitorFixture.VENUE, "X", mark, null, null, null, null, 1.0, volume, null);
    }
}
