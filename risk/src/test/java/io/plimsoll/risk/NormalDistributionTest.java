package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {

    private static final double APPROXIMATION = 1e-14;

    @Test
    void shouldBeOneWithItsMirrorImage() {
        for (double x = 0; x < 40; x += 0.5) {
            assertThat(NormalDistribution.cumulative(x) + NormalDistribution.cumulative(-x))
                    .isCloseTo(1, within(APPROXIMATION));
        }
        assertThat(NormalDistribution.cumulative(NormalDistribution.QUANTILE_95))
                .isCloseTo(0.95, within(APPROXIMATION));
    }

    @Test
    void shouldAgreeWithTheSeriesOfTheDistribution() {
        for (int i = -6000; i <= 6000; i++) {
            double x = i / 1000.0;

            assertThat(NormalDistribution.cumulative(x))
                    .describedAs("at %s", x)
                    .isCloseTo(bySeries(x), within(APPROXIMATION));
        }
    }

    @Test
    void shouldGiveWhatTablesSay() {
        assertThat(NormalDistribution.cumulative(0)).isCloseTo(0.5, within(1e-16));
        assertThat(NormalDistribution.cumulative(1.959963984540054)).isCloseTo(0.975, within(1e-15));
        assertThat(NormalDistribution.cumulative(-1)).isCloseTo(0.15865525393145707, within(1e-15));
        assertThat(NormalDistribution.density(0)).isCloseTo(0.3989422804014327, within(1e-16));
    }

    @Test
    void shouldEndWhereADoubleDoes() {
        assertThat(NormalDistribution.cumulative(-8) / 6.220960574271786e-16).isCloseTo(1, within(1e-7));
        assertThat(NormalDistribution.cumulative(-100)).isZero();
        assertThat(NormalDistribution.cumulative(100)).isEqualTo(1);
    }

    /** 1/2 + density x (x + x^3/3 + x^5/15 + ...). */
    private static double bySeries(double x) {
        double term = x;
        double sum = x;
        for (int k = 3; Math.abs(term) > 1e-18; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
