package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.cascade.CascadeCurve;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.cascade.Rest;
import io.plimsoll.risk.cascade.SquareRootImpact;
import io.plimsoll.risk.cascade.Sweep;
import io.plimsoll.risk.cascade.TriggerLadder;
import org.junit.jupiter.api.Test;

/**
 * Breuer, Summer and Urosevic, example of multiple equilibria: three banks with one security, whose price falls by
 * sqrt(2.2e-5 q) when q of it is sold. The least loss has the first bank sell out, the greatest all three.
 *
 * <p>A bank does not sell at one price, but more and more: with equity e, securities S and loans L it has to sell
 * {@code S (1 - d) + L - 44 (e - S d)} at a fall of d, so from {@code d_0 = (44 e - S - L) / (43 S)} on, and all of it 1/43
 * later. As a ladder: many small rungs.
 */
class SystemicLossGoldenTest {

    private static final double LARGEST_LEVERAGE = 44;
    private static final double[] EQUITY = {28, 80, 65};
    private static final int[] SECURITIES = {145, 435, 300};
    private static final double[] LOANS = {1170, 1245, 1190};
    private static final int RUNGS_PER_UNIT = 100;

    @Test
    void shouldFindTheLeastAndTheGreatestLoss() {
        SquareRootImpact impact = new SquareRootImpact(1, 1, 1 / 2.2e-5, 0);
        CascadeCurve curve = Sweep.over(ladder(), Reading.PESSIMISTIC, 1.0 / RUNGS_PER_UNIT, impact, 0);

        Rest least = curve.rest(0);
        Rest greatest = curve.deepest(0);

        assertThat(-least.price()).isCloseTo(0.056480085, within(5e-10));
        assertThat(least.lots()).describedAs("bank 1").isEqualTo(145L * RUNGS_PER_UNIT);
        assertThat(-greatest.price()).isCloseTo(0.139140217, within(5e-10));
        assertThat(greatest.lots()).describedAs("all banks").isEqualTo(880L * RUNGS_PER_UNIT);
    }

    @Test
    void shouldSellAtOnceWhatAlreadyExceedsTheLeverage() {
        SquareRootImpact impact = new SquareRootImpact(1, 1, 1 / 2.2e-5, 0);
        CascadeCurve curve = Sweep.over(ladder(), Reading.PESSIMISTIC, 1.0 / RUNGS_PER_UNIT, impact, 0);

        // Bank 1 has 1315 of assets, and equity for 1232.
        assertThat(curve.armedLots()).isEqualTo(83L * RUNGS_PER_UNIT);
    }

    /** The coordinate is minus the fall, as a fraction of the price before. */
    private static TriggerLadder ladder() {
        int size = 0;
        for (int securities : SECURITIES) {
            size += securities * RUNGS_PER_UNIT;
        }
        double[] triggers = new double[size];
        long[] lots = new long[size];
        int rung = 0;
        for (int bank = 0; bank < SECURITIES.length; bank++) {
            double assets = SECURITIES[bank] + LOANS[bank];
            double perFall = SECURITIES[bank] * (LARGEST_LEVERAGE - 1);
            double first = (LARGEST_LEVERAGE * EQUITY[bank] - assets) / perFall;
            for (int i = 0; i < SECURITIES[bank] * RUNGS_PER_UNIT; i++) {
                triggers[rung] = -(first + (i + 0.5) / RUNGS_PER_UNIT / perFall);
                lots[rung++] = 1;
            }
        }
        return TriggerLadder.exact(Direction.FALL, triggers, lots);
    }
}
