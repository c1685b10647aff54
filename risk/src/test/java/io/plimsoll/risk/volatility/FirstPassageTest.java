package io.plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstPassageTest {

    private static final double A_DAY_OF_80_PERCENT = 0.8 * Math.sqrt(1 / 365.0);

    @Test
    void shouldBeAsTheWorkedExampleSays() {
        double distance = Math.abs(Math.log(90.0 / 100));

        assertThat(FirstPassage.probability(distance, A_DAY_OF_80_PERCENT)).isCloseTo(0.011865, within(5e-7));
        assertThat(FirstPassage.probability(distance, A_DAY_OF_80_PERCENT, 0)).isCloseTo(0.011865, within(5e-7));
    }

    @Test
    void shouldBeCertainWhereTheLineIsPassedAndImpossibleWhereNothingMoves() {
        assertThat(FirstPassage.probability(0, A_DAY_OF_80_PERCENT)).isEqualTo(1);
        assertThat(FirstPassage.probability(-0.1, 0)).isEqualTo(1);
        assertThat(FirstPassage.probability(0.1, 0)).isZero();
        assertThat(FirstPassage.probability(1e-9, A_DAY_OF_80_PERCENT)).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldBeLikelierTheMoreThePriceDriftsThere() {
        double towards = FirstPassage.probability(0.1, 0.05, -0.02);
        double without = FirstPassage.probability(0.1, 0.05);
        double away = FirstPassage.probability(0.1, 0.05, 0.02);

        assertThat(towards).isGreaterThan(without);
        assertThat(without).isGreaterThan(away);
    }

    @Test
    void shouldBeAsOftenAsInSimulatedWalks() {
        // Down a line at 1.2 deviations; a walk of steps overshoots, so the line is shifted by 0.5826 steps (Broadie et
        // al.).
        int steps = 400;
        int walks = 20_000;
        double step = 1 / Math.sqrt(steps);
        double drift = -0.3;
        Random random = new Random(20_261_122);
        int reached = 0;
        for (int walk = 0; walk < walks; walk++) {
            double place = 0;
            for (int i = 0; i < steps; i++) {
                place += drift / steps + step * random.nextGaussian();
                if (place <= -1.2 + 0.5826 * step) {
                    reached++;
                    break;
                }
            }
        }

        assertThat((double) reached / walks).isCloseTo(FirstPassage.probability(1.2, 1, drift), within(0.01));
    }
}
