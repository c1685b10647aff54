package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.cascade.CascadeCurve;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.LinearImpact;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.cascade.Rest;
import io.plimsoll.risk.cascade.SelfSustaining;
import io.plimsoll.risk.cascade.Sweep;
import io.plimsoll.risk.cascade.TippingPoint;
import io.plimsoll.risk.cascade.TriggerLadder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Eight accounts, worked out by hand in prices (not their logarithms): 10 contracts each at 95, 94, 93, 80 and 70, 40 each
 * at 92, 91 and 90; the price is 100, and a contract moves it by 0.05.
 */
class CascadeGoldenTest {

    private static final double ROUNDING = 1e-12;
    private static final double HALF_OF_SECOND_DIGIT = 5e-3;

    private static final CascadeCurve CURVE = Sweep.over(
            TriggerLadder.exact(Direction.FALL, new double[] {95, 94, 93, 92, 91, 90, 80, 70}, new long[] {
                10, 10, 10, 40, 40, 40, 10, 10
            }),
            Reading.PESSIMISTIC,
            1,
            new LinearImpact(0.05),
            100);

    @Test
    void shouldHaveOneTippingPoint() {
        List<TippingPoint> tips = CURVE.tips();

        assertThat(tips).hasSize(1);
        TippingPoint tip = tips.get(0);
        assertThat(tip.threshold()).isCloseTo(93.5, within(ROUNDING));
        assertThat(tip.entry()).isEqualTo(92);
        assertThat(tip.landing()).isCloseTo(86, within(ROUNDING));
        assertThat(tip.gap()).isCloseTo(6, within(ROUNDING));
        assertThat(tip.accounts()).isEqualTo(3);
        assertThat(tip.lots()).isEqualTo(120);
        assertThat((100 - tip.threshold()) / 100).isCloseTo(0.065, within(ROUNDING));
    }

    @Test
    void shouldNotCallATriggersOwnJumpATip() {
        assertThat(CURVE.tips(new SelfSustaining(1, 0.4)))
                .extracting(TippingPoint::rungs)
                .containsExactly(1, 1, 1, 3, 1, 1);
        assertThat(CURVE.tips(new SelfSustaining(2, 7))).isEmpty();
    }

    @ParameterizedTest(name = "to {0}")
    @CsvSource({"99, 99, 1.00, 0", "94, 92.5, 1.25, 30", "93, 85.5, 2.07, 150", "85, 77, 1.53, 160"})
    void shouldRestWhereTheArithmeticSays(double exogenous, double resting, double amplification, long contracts) {
        Rest rest = CURVE.rest(exogenous);

        assertThat(rest.price()).isCloseTo(resting, within(ROUNDING));
        assertThat(rest.endogenous()).isCloseTo(exogenous - resting, within(ROUNDING));
        assertThat(rest.amplification()).isCloseTo(amplification, within(HALF_OF_SECOND_DIGIT));
        assertThat(rest.lots()).isEqualTo(contracts);
        assertThat(rest.exhausted()).isFalse();
    }

    @Test
    void shouldFindAllFixedPointsAndTakeTheNearest() {
        List<Rest> equilibria = CURVE.equilibria(94.9);

        double[] prices = equilibria.stream().mapToDouble(Rest::price).toArray();
        assertThat(prices).containsExactly(new double[] {94.4, 93.9, 91.4, 87.4}, within(ROUNDING));
        assertThat(CURVE.rest(94.9)).isEqualTo(equilibria.get(0));
        assertThat(CURVE.deepest(94.9)).isEqualTo(equilibria.get(3));
    }
}
