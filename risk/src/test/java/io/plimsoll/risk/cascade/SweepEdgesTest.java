package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is at the edges: nothing to liquidate, triggers at the price, a book that ends, a floor. */
class SweepEdgesTest {

    private static final PriceGrid GRID = PriceGrid.LADDER;

    /** In the middle of bucket 4605. */
    private static final double SPOT = 4.6055;

    private static final Impact IMPACT = new LinearImpact(1e-4);

    @Test
    void shouldRestAtOnceWithoutLadder() {
        CascadeCurve curve = sweep(TriggerLadder.of(List.of(), GRID, Direction.FALL), IMPACT);

        Rest rest = curve.rest(SPOT - 0.2);

        assertThat(curve.pieces()).hasSize(1);
        assertThat(rest.price()).isEqualTo(SPOT - 0.2);
        assertThat(rest.amplification()).isEqualTo(1);
        assertThat(curve.rest(SPOT).amplification()).isEqualTo(1);
        assertThat(curve.tips()).isEmpty();
        assertThat(Reproduction.at(curve, SPOT, 0.01)).isZero();
        assertThat(Reproduction.greatest(curve, 0.1, 0.01)).isZero();
    }

    @Test
    void shouldLiquidateWithoutShockWhatIsPastItsTrigger() {
        CascadeCurve curve = sweep(falling(longs(4607, 100), longs(4500, 50)), IMPACT);

        assertThat(curve.armedLots()).isEqualTo(100);
        Rest unshocked = curve.rest(SPOT);
        assertThat(unshocked.price()).isCloseTo(SPOT - 0.01, within(1e-12));
        assertThat(unshocked.lots()).isEqualTo(100);
        assertThat(unshocked.amplification()).isInfinite();
        assertThat(curve.rest(SPOT - 0.05).price()).isCloseTo(SPOT - 0.06, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void shouldNotArmTheBucketOfThePriceByRounding(Reading reading) {
        TriggerLadder ladder = falling(longs(4605, 100));
        CascadeCurve curve = Sweep.over(ladder, reading, 1, IMPACT, SPOT);

        assertThat(curve.armedLots()).isZero();
        assertThat(curve.rest(SPOT).lots()).isZero();
        double least = SPOT - 1e-9;
        assertThat(curve.rest(least).lots()).isEqualTo(reading == Reading.PESSIMISTIC ? 100 : 0);
        assertThat(curve.rest(SPOT - 0.0006).lots()).isEqualTo(100);
    }

    @Test
    void shouldNotArmTheBucketThatEndsAtThePrice() {
        double edge = 4605 * GRID.width();

        CascadeCurve below = Sweep.over(falling(longs(4604, 100)), Reading.PESSIMISTIC, 1, IMPACT, edge);
        CascadeCurve above = Sweep.over(falling(longs(4605, 100)), Reading.OPTIMISTIC, 1, IMPACT, edge);

        assertThat(below.armedLots()).isZero();
        assertThat(above.armedLots()).isEqualTo(100);
    }

    @Test
    void shouldTakeShortsForRises() {
        TriggerLadder ladder =
                TriggerLadder.of(List.of(longs(4590, 7), new Ladder.Rung(4620, 0, 200, 0, 3)), GRID, Direction.RISE);
        CascadeCurve curve = Sweep.over(ladder, Reading.PESSIMISTIC, 1, IMPACT, -SPOT);

        Rest rest = curve.rest(Direction.RISE.coordinate(Math.exp(SPOT) * Math.exp(0.02)));

        assertThat(rest.lots()).isEqualTo(200);
        assertThat(rest.accounts()).isEqualTo(3);
        assertThat(Direction.RISE.price(rest.price())).isCloseTo(Math.exp(SPOT + 0.04), within(1e-9));
    }

    @Test
    void shouldSayHowMuchTheBookDoesNotHold() {
        Impact book = DepthImpact.ending(new double[] {0.01, 0.05}, new double[] {100, 250});
        CascadeCurve curve = sweep(falling(longs(4600, 150), longs(4580, 120), longs(4000, 30)), book);

        Rest held = curve.rest(4600 * GRID.width() + 0.0011);
        Rest fallen = curve.rest(4600 * GRID.width());

        assertThat(held.exhausted()).isFalse();
        assertThat(held.unfilled()).isZero();
        assertThat(fallen.exhausted()).isTrue();
        assertThat(fallen.price()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(fallen.endogenous()).isInfinite();
        assertThat(fallen.amplification()).isInfinite();
        assertThat(fallen.lots()).isEqualTo(300);
        assertThat(fallen.unfilled()).isEqualTo(50);
        assertThat(Direction.FALL.price(fallen.price())).isZero();
        List<TippingPoint> tips = curve.tips();
        assertThat(tips).hasSize(1);
        assertThat(tips.get(0).threshold()).isCloseTo(4.601, within(1e-12));
        assertThat(tips.get(0).gap()).isInfinite();
        assertThat(tips.get(0).lots()).isEqualTo(300);
        assertThat(Reproduction.at(curve, SPOT, 0.03)).isInfinite();
    }

    @Test
    void shouldExhaustTheBookWithoutShock() {
        Impact book = DepthImpact.ending(new double[] {0.01}, new double[] {10});
        CascadeCurve curve = sweep(falling(longs(4610, 15)), book);

        assertThat(curve.pieces()).isEmpty();
        assertThat(curve.rest(SPOT).exhausted()).isTrue();
        assertThat(curve.rest(SPOT).unfilled()).isEqualTo(5);
        assertThat(curve.tips()).isEmpty();
        assertThat(curve.equilibria(SPOT)).containsExactly(curve.rest(SPOT));
        assertThat(curve.deepest(SPOT)).isEqualTo(curve.rest(SPOT));
    }

    @Test
    void shouldStopAtAFloor() {
        TriggerLadder ladder =
                TriggerLadder.exact(Direction.FALL, new double[] {90, 50, 10, 9.99}, new long[] {10, 10, 10, 10});
        CascadeCurve curve = Sweep.over(ladder, Reading.PESSIMISTIC, 1, new LinearImpact(1), 100, 10);

        Rest rest = curve.rest(55);

        assertThat(rest.price()).isEqualTo(35);
        assertThat(curve.rest(25).price()).isEqualTo(10);
        assertThat(curve.rest(25).lots())
                .describedAs("what lies below the floor is never reached")
                .isEqualTo(30);
        assertThat(curve.rest(25).exhausted()).isFalse();
        assertThat(curve.rest(-5).price()).isEqualTo(10);
    }

    @Test
    void shouldHoldAPriceOfOne() {
        // ln(1) = 0, where buckets change their sign.
        TriggerLadder ladder = falling(longs(-1, 10), longs(0, 5));
        CascadeCurve curve = Sweep.over(ladder, Reading.PESSIMISTIC, 1, new LinearImpact(1e-6), 0.0005);

        assertThat(curve.rest(0.0004).lots()).isEqualTo(5);
        assertThat(curve.rest(0).lots()).isEqualTo(15);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        TriggerLadder ladder = falling(longs(4600, 10));
        CascadeCurve curve = sweep(ladder, IMPACT);

        assertThatIllegalArgumentException().isThrownBy(() -> curve.rest(SPOT + 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> curve.rest(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Sweep.over(ladder, Reading.PESSIMISTIC, 0, IMPACT, SPOT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sweep.over(ladder, Reading.PESSIMISTIC, 1, IMPACT, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sweep.over(ladder, Reading.PESSIMISTIC, 1, IMPACT, SPOT, SPOT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TriggerLadder.of(List.of(longs(2, 1), longs(1, 1)), GRID, Direction.FALL));
        assertThatIllegalArgumentException().isThrownBy(() -> ladder.without(4600, 11));
        assertThatIllegalArgumentException().isThrownBy(() -> ladder.without(4599, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Direction.FALL.distance(1));
    }

    @Test
    void shouldTurnFractionsIntoDistancesAndBack() {
        assertThat(Direction.FALL.distance(0.05)).isCloseTo(-Math.log(0.95), within(1e-15));
        assertThat(Direction.RISE.distance(0.05)).isCloseTo(Math.log(1.05), within(1e-15));
        for (Direction direction : Direction.values()) {
            assertThat(direction.fraction(direction.distance(0.2))).isCloseTo(0.2, within(1e-15));
            double moved = direction.price(direction.coordinate(100) - direction.distance(0.2));
            assertThat(moved).isCloseTo(direction == Direction.FALL ? 80 : 120, within(1e-12));
        }
    }

    private static CascadeCurve sweep(TriggerLadder ladder, Impact impact) {
        return Sweep.over(ladder, Reading.PESSIMISTIC, 1, impact, SPOT);
    }

    private static Ladder.Rung longs(int bucket, long lots) {
        return new Ladder.Rung(bucket, lots, 0, 1, 0);
    }

    private static TriggerLadder falling(Ladder.Rung... rungs) {
        Ladder ladder = new Ladder();
        ladder.addAll(List.of(rungs));
        return TriggerLadder.of(ladder.rungs(), GRID, Direction.FALL);
    }
}
