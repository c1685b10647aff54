package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.CarryMeasures;
import io.plimsoll.schemas.avro.DistributionMeasures;
import io.plimsoll.schemas.avro.LeverageBand;
import io.plimsoll.schemas.avro.LeverageQuantile;
import io.plimsoll.schemas.avro.PayingSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.SkewMeasures;
import io.plimsoll.topology.measures.MeasureGroup;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DistributionTest {

    private static final int HOUR = 3_600;

    @AutoClose
    private MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void open() {
        monitor.at(0).instrument("X", 2, 25).price(price(100, 0.0004));
    }

    private static Price price(double mark, double fundingRate) {
        return new Price(MonitorFixture.VENUE, "X", mark, null, fundingRate, 4.0, null, 1.0, null, null);
    }

    /** Longs of 1.0 M on 50 k and 0.5 M on 250 k, shorts of 0.9 M on 300 k and 0.6 M on 20 k. */
    private void fourPositions() {
        monitor.isolated("a", "X", 10_000, 100, 50_000)
                .isolated("b", "X", 5_000, 100, 250_000)
                .isolated("c", "X", -9_000, 100, 300_000)
                .isolated("d", "X", -6_000, 100, 20_000)
                .settle();
    }

    @Test
    void shouldSayHowLeverageIsSpread() {
        fourPositions();

        DistributionMeasures distribution =
                Objects.requireNonNull(monitor.measured("X").getDistribution());

        LeverageQuantile median = distribution.getQuantiles().get(2);
        assertThat(median.getQuantile()).isEqualTo(0.5);
        assertThat(median.getLongByNotional()).isCloseTo(20, within(0.2));
        assertThat(median.getShortByNotional()).isCloseTo(3, within(0.01));
        assertThat(median.getLongByPositions()).isCloseTo(2, within(0.002));
        assertThat(band(distribution, 2).getLongNotionalUsd()
                        + band(distribution, 1).getLongNotionalUsd())
                .isEqualTo(500_000);
        assertThat(band(distribution, 20).getShortNotionalUsd()).isEqualTo(600_000);
        assertThat(band(distribution, 20).getShortPositions()).isEqualTo(1);
        assertThat(distribution.getLongWithoutEquityUsd()).isZero();
        assertThat(distribution.getMaxLeverage()).isEqualTo(25);
        assertThat(distribution.getLongMaxUse()).isCloseTo(0.2, within(1e-9));
        assertThat(distribution.getLongAboveMaxShare()).isZero();
        assertThat(distribution.getShortAboveMaxShare()).isCloseTo(0.4, within(1e-9));
        // Of 5, 6, 9 and 10 thousand: 2 (5 + 12 + 27 + 40) / (4 x 30) - 5 / 4.
        assertThat(distribution.getGini()).isCloseTo(0.15, within(0.0039));
    }

    @Test
    void shouldReadTheSkewInOtherWays() {
        fourPositions();

        SkewMeasures skew = Objects.requireNonNull(monitor.measured("X").getSkew());

        assertThat(monitor.market("X").getLeverageSkew()).isCloseTo(0.03226, within(5e-6));
        assertThat(skew.getLongMeanLeverage()).isCloseTo(14, within(0.14));
        assertThat(skew.getShortMeanLeverage()).isCloseTo(13.8, within(0.2));
        // Half of what both may be off by, 1 and 1.5 %.
        assertThat(skew.getMeanLeverageSkew()).isCloseTo(0.0072, within(0.0125));
        assertThat(skew.getMedianLeverageSkew()).isCloseTo(17.0 / 23, within(0.005));
        assertThat(skew.getLongShortPositions()).isEqualTo(1);
        assertThat(skew.getLongShortNotional()).isEqualTo(1);
        assertThat(skew.getLongShortEquity()).isCloseTo(30 / 32.0, within(1e-9));
        assertThat(skew.getFundingSkewScore()).isNull();
    }

    @Test
    void shouldKnowWhatFundingCosts() {
        fourPositions();

        CarryMeasures carry = Objects.requireNonNull(monitor.measured("X").getCarry());

        // 0.04 % in four hours is 0.01 % an hour; of 1.5 M, that stand on 300 k.
        assertThat(carry.getFundingRate1h()).isCloseTo(0.0001, within(1e-12));
        assertThat(carry.getFundingRateYear()).isCloseTo(0.876, within(1e-9));
        assertThat(carry.getLongFundingUsdPerHour()).isCloseTo(150, within(1e-6));
        assertThat(carry.getShortFundingUsdPerHour()).isCloseTo(-150, within(1e-6));
        assertThat(carry.getLongFundingShareOfEquityPerDay()).isCloseTo(0.012, within(1e-9));
        assertThat(carry.getPayingSide()).isEqualTo(PayingSide.LONG);
        // The weakest is at 95 / 0.98.
        double hours = (1 - 0.95 / 0.98) / 0.0001;
        assertThat(carry.getWeakestPayersMs() / (HOUR * 1e3)).isCloseTo(hours, within(6.0));
    }

    @Test
    void shouldFollowThePriceAndForgetWhatIsClosed() {
        fourPositions();

        monitor.at(10).price(price(94, 0.0004)).settle();

        DistributionMeasures fallen =
                Objects.requireNonNull(monitor.measured("X").getDistribution());
        assertThat(fallen.getLongWithoutEquityUsd()).isEqualTo(940_000);
        assertThat(fallen.getLongPositionsWithoutEquity()).isEqualTo(1);
        assertThat(fallen.getQuantiles().get(2).getLongByNotional()).isNull();
        assertThat(fallen.getQuantiles().get(2).getLongByPositions()).isCloseTo(470 / 220.0, within(0.002));
        assertThat(fallen.getLongAboveMaxShare()).isCloseTo(2 / 3.0, within(1e-9));

        monitor.at(20)
                .closed("a", "X")
                .closed("b", "X")
                .closed("c", "X")
                .closed("d", "X")
                .settle();

        DistributionMeasures empty =
                Objects.requireNonNull(monitor.measured("X").getDistribution());
        assertThat(empty.getGini()).isNull();
        assertThat(empty.getLongWithoutEquityUsd()).isZero();
        assertThat(empty.getBands()).allSatisfy(band -> {
            assertThat(band.getLongPositions()).isZero();
            assertThat(band.getShortNotionalUsd()).isZero();
        });
    }

    @Test
    void shouldScoreFundingAmongTheHoursOfThirtyDays() {
        for (int hour = 0; hour < 48; hour++) {
            monitor.at(hour * HOUR)
                    .live()
                    .price(price(100, 0.0001 * (1 + hour % 3)))
                    .wait(Duration.ofMillis(100));
        }
        monitor.at(48 * HOUR).live().price(price(100, 0.0012)).settle();

        SkewMeasures skew = Objects.requireNonNull(monitor.measured("X").getSkew());

        assertThat(skew.getSamples()).isEqualTo(49);
        // Median 0.0002, median deviation 0.0001.
        assertThat(skew.getFundingSkewScore()).isCloseTo(10 / 1.4826, within(1e-9));
    }

    @Test
    void shouldKeepNothingOfGroupsThatAreOff() {
        monitor.close();
        monitor = new MonitorFixture(MonitorFixture.measuring(MeasureGroup.CARRY));
        monitor.at(0).instrument("X", 2, 25).price(price(100, 0.0004));
        fourPositions();

        assertThat(monitor.measured("X").getDistribution()).isNull();
        assertThat(monitor.measured("X").getSkew()).isNull();
        assertThat(monitor.measured("X").getCarry()).isNotNull();
    }

    private static LeverageBand band(DistributionMeasures distribution, double from) {
        return distribution.getBands().stream()
                .filter(band -> band.getFrom() == from)
                .findFirst()
                .orElseThrow();
    }
}
