package io.plimsoll.risk.liquidity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DepthResilienceTest {

    @Test
    void shouldFindHowFastAGapCloses() {
        // Of the gap in ln(depth) a tenth is closed with every step: half of it after ln 2 / -ln 0.9.
        double[] depths = new double[61];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = 1e6 * Math.exp(-3 * Math.pow(0.9, i));
        }

        assertThat(DepthResilience.halfLifeSteps(depths)).isCloseTo(6.5788, within(1e-4));
        depths[30] = Double.NaN;
        assertThat(DepthResilience.halfLifeSteps(depths)).isCloseTo(6.5788, within(1e-4));
    }

    @Test
    void shouldFindItInNoiseOnAverage() {
        Random random = new Random(9);
        double[] depths = new double[20_000];
        double gap = 0;
        for (int i = 0; i < depths.length; i++) {
            depths[i] = Math.exp(gap);
            gap = 0.8 * gap + 0.1 * random.nextGaussian();
        }

        assertThat(DepthResilience.halfLifeSteps(depths)).isCloseTo(Math.log(2) / -Math.log(0.8), within(0.2));
    }

    @Test
    void shouldSayNothingWhereNothingComesBack() {
        double[] growing = new double[61];
        double[] still = new double[61];
        for (int i = 0; i < growing.length; i++) {
            growing[i] = Math.exp(Math.pow(1.1, i));
        }
        Arrays.fill(still, 1e6);

        assertThat(DepthResilience.halfLifeSteps(growing)).isNaN();
        assertThat(DepthResilience.halfLifeSteps(still)).isNaN();
        assertThat(DepthResilience.halfLifeSteps(new double[61])).isNaN();
        assertThat(DepthResilience.halfLifeSteps(Arrays.copyOf(growing, 20))).isNaN();
    }
}
