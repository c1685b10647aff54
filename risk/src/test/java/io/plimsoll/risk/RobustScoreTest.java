package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RobustScoreTest {

    private static final double NONE = Double.NaN;

    @Test
    void shouldMeasureInDeviationsFromTheMedian() {
        double[] others = {NONE, 3, 1, 2, 5, 4};

        assertThat(RobustScore.median(others)).isEqualTo(3);
        assertThat(RobustScore.of(6, others, 5)).isCloseTo(3 / 1.4826, within(1e-12));
        assertThat(RobustScore.of(3, others, 5)).isZero();
    }

    @Test
    void shouldHardlyNoticeACrashAmongTheOthers() {
        assertThat(RobustScore.of(6, new double[] {1, 2, 3, 4, 1_000_000}, 5)).isCloseTo(3 / 1.4826, within(1e-12));
    }

    @Test
    void shouldSayNothingWhereTooLittleIsKnown() {
        assertThat(RobustScore.of(6, new double[] {1, 2, 3, NONE}, 4)).isNaN();
        assertThat(RobustScore.of(NONE, new double[] {1, 2, 3}, 3)).isNaN();
        assertThat(RobustScore.of(6, new double[] {2, 2, 2, 5}, 4))
                .describedAs("more than half are the same")
                .isNaN();
        assertThat(RobustScore.median(new double[] {NONE})).isNaN();
    }
}
