package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {

    private static final double ERROR = 1e-12;
    private static final int STEPS = 4_000;

    @Test
    void shouldBeTheAreaUnderTheDensity() {
        for (double x = -9; x <= 9; x += 0.37) {
            assertThat(NormalDistribution.cumulative(x)).describedAs("at %s", x).isCloseTo(area(x), within(ERROR));
        }
    }

    @Test
    void shouldBeOneWithItsMirrorImage() {
        for (double x = 0; x < 40; x += 0.5) {
            assertThat(NormalDistribution.cumulative(x) + NormalDistribution.cumulative(-x))
                    .isCloseTo(1, within(ERROR));
        }
        assertThat(NormalDistribution.cumulative(0)).isEqualTo(0.5, within(ERROR));
        assertThat(NormalDistribution.cumulative(NormalDistribution.QUANTILE_95))
                .isCloseTo(0.95, within(ERROR));
    }

    /** Simpson's rule from 0. */
    private static double area(double x) {
        double step = x / STEPS;
        double sum = NormalDistribution.density(0) + NormalDistribution.density(x);
        for (int i = 1; i < STEPS; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * NormalDistribution.density(i * step);
        }
        return 0.5 + sum * step / 3;
    }
}
