package io.plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.NormalDistribution;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EquityAtRiskTest {

    @Test
    void shouldKnowANormalDayInTwenty() {
        EquityAtRisk risk = EquityAtRisk.of(1_000_000, 0.04, null);

        // 1.6449 and 2.0627 deviations of 40,000
        assertThat(risk.parametric().valueAtRisk()).isCloseTo(65_794.15, within(0.01));
        assertThat(risk.parametric().shortfall()).isCloseTo(82_508.51, within(0.01));
        assertThat(risk.historical()).isNull();
    }

    @Test
    void shouldNotCareWhichWayANormalExposureIs() {
        assertThat(EquityAtRisk.of(-5, 0.1, null)).isEqualTo(EquityAtRisk.of(5, 0.1, null));
        assertThat(EquityAtRisk.of(0, 0.1, null).parametric().valueAtRisk()).isZero();
    }

    @Test
    void shouldIntegrateTheNormalTailToItsShortfall() {
        double sum = 0;
        int steps = 200_000;
        for (int i = 0; i < steps; i++) {
            double x = NormalDistribution.QUANTILE_95 + (i + 0.5) * 10 / steps;
            sum += x * NormalDistribution.density(x) * 10 / steps;
        }

        assertThat(EquityAtRisk.of(1, 1, null).parametric().shortfall()).isCloseTo(sum / 0.05, within(1e-6));
    }

    @Test
    void shouldReadTheWorstTwentiethOfHistory() {
        // Returns of -1 %, -2 %, ... -100 % less a little, and as many of gains half as large.
        double[] returns = IntStream.rangeClosed(1, 200)
                .mapToDouble(i -> i <= 100 ? Math.log(1 - i / 101.0) : Math.log(1 + (i - 100) / 202.0))
                .toArray();
        EquityAtRisk.History history = Objects.requireNonNull(EquityAtRisk.History.of(returns));

        EquityAtRisk.Loss longs =
                Objects.requireNonNull(EquityAtRisk.of(101, 0.04, history).historical());
        EquityAtRisk.Loss shorts =
                Objects.requireNonNull(EquityAtRisk.of(-202, 0.04, history).historical());

        assertThat(longs.valueAtRisk()).isCloseTo(91, within(1e-9));
        assertThat(longs.shortfall()).isCloseTo(95.5, within(1e-9));
        assertThat(shorts.valueAtRisk()).isCloseTo(91, within(1e-9));
        assertThat(shorts.shortfall()).isCloseTo(95.5, within(1e-9));
    }

    @Test
    void shouldAgreeWithTheNormalOneWhereReturnsAreNormal() {
        Random random = new Random(3);
        double[] returns = IntStream.range(0, 100_000)
                .mapToDouble(i -> 0.01 * random.nextGaussian())
                .toArray();

        EquityAtRisk risk = EquityAtRisk.of(-1e6, 0.01, EquityAtRisk.History.of(returns));

        EquityAtRisk.Loss historical = Objects.requireNonNull(risk.historical());
        assertThat(historical.valueAtRisk())
                .isCloseTo(risk.parametric().valueAtRisk(), within(0.03 * historical.valueAtRisk()));
        assertThat(historical.shortfall())
                .isCloseTo(risk.parametric().shortfall(), within(0.03 * historical.shortfall()));
    }

    @Test
    void shouldSayNothingOfTooFewDays() {
        double[] few = new double[99];
        Arrays.fill(few, -0.01);

        assertThat(EquityAtRisk.History.of(few)).isNull();
    }
}
