package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R: what it says of small shocks and of tips. */
class ReproductionTest {

    private static final double WINDOW = Reproduction.DEFAULT_WINDOW;
    private static final double SPOT = 4.6055;

    /** Even triggers from spot down, a ten-thousandth apart; each lot moves the price by R of that distance. */
    private static CascadeCurve even(int triggers, double reproduction) {
        double[] places = new double[triggers];
        long[] lots = new long[triggers];
        for (int i = 0; i < triggers; i++) {
            places[i] = -(i + 0.5) * 1e-4;
            lots[i] = 1;
        }
        return Sweep.over(
                TriggerLadder.exact(Direction.FALL, places, lots),
                Reading.PESSIMISTIC,
                1,
                new LinearImpact(reproduction * 1e-4),
                0);
    }

    @ParameterizedTest(name = "R {0}")
    @CsvSource({"0.2, 1.25", "0.5, 2", "0.8, 5", "0.9, 10"})
    void shouldAmplifyByOneOverOneLessR(double reproduction, double amplification) {
        CascadeCurve curve = even(40_000, reproduction);

        double slope = (curve.rest(-0.1).price() - curve.rest(-0.3).price()) / 0.2;

        assertThat(slope).isCloseTo(amplification, within(0.01));
        assertThat(Reproduction.at(curve, 0, WINDOW)).isCloseTo(reproduction, within(1e-9));
        assertThat(Reproduction.at(curve, -0.1, WINDOW)).isCloseTo(reproduction, within(1e-9));
        assertThat(Reproduction.greatest(curve, 0.1, WINDOW)).isCloseTo(reproduction, within(1e-9));
    }

    @ParameterizedTest(name = "R {0}")
    @ValueSource(doubles = {1, 1.25})
    void shouldRunThroughTheWholeLadderWhereRIsOne(double reproduction) {
        CascadeCurve few = even(1_000, reproduction);
        CascadeCurve many = even(40_000, reproduction);

        // A shock that reaches ten triggers.
        assertThat(few.rest(-1e-3).lots()).isEqualTo(1_000);
        assertThat(many.rest(-1e-3).lots()).isEqualTo(40_000);
        assertThat(many.rest(-1e-3).endogenous()).isCloseTo(40_000 * 1e-4 * reproduction, within(1e-9));
        assertThat(Reproduction.at(many, 0, WINDOW)).isCloseTo(reproduction, within(1e-9));
    }

    @Test
    void shouldHoldTenBucketsInAWindow() {
        List<Ladder.Rung> rungs = new ArrayList<>();
        for (int bucket = 4400; bucket < 4600; bucket++) {
            rungs.add(new Ladder.Rung(bucket, bucket < 4500 ? 100 : 50, 0, 1, 0));
        }
        CascadeCurve curve = Sweep.over(
                TriggerLadder.of(rungs, PriceGrid.LADDER, Direction.FALL),
                Reading.PESSIMISTIC,
                1,
                new LinearImpact(1e-6),
                SPOT);

        // Ten buckets of 50, of 1e-6 each, over a window of 0.01. At spot, half of the window is still empty.
        assertThat(Reproduction.at(curve, 4.55, WINDOW)).isCloseTo(0.05, within(1e-12));
        assertThat(Reproduction.at(curve, SPOT, WINDOW)).isCloseTo(0.025, within(1e-12));
        assertThat(Reproduction.greatest(curve, 0.05, WINDOW)).isCloseTo(0.05, within(1e-12));
        assertThat(Reproduction.greatest(curve, 0.15, WINDOW)).isCloseTo(0.1, within(1e-12));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4701, 4702})
    void shouldFindTheGreatestOfAllWindows(long seed) {
        Random random = new Random(seed);
        int aboveOne = 0;
        for (int n = 0; n < 200; n++) {
            RandomMarket market =
                    new RandomMarket(random, n % RandomMarket.SHAPES, n / RandomMarket.SHAPES % RandomMarket.LAWS);
            double spot = market.direction.coordinate(market.spot);
            CascadeCurve curve =
                    Sweep.over(market.exactLadder(), Reading.PESSIMISTIC, market.lotSize, market.impact, spot);
            String name = "seed " + seed + ", market " + n;

            double greatest = Reproduction.greatest(curve, 0.1, WINDOW);

            double seen = 0;
            for (int i = 0; i <= 2_000; i++) {
                double r = Reproduction.at(curve, spot - 0.1 * i / 2_000, WINDOW);
                assertThat(r).describedAs(name).isLessThanOrEqualTo(greatest * (1 + 1e-9));
                seen = Math.max(seen, r);
            }
            // The comb is fine, and misses little, but may miss a window between two of its teeth.
            assertThat(greatest).describedAs(name).isGreaterThanOrEqualTo(seen);
            assertThat(Reproduction.greatest(curve, 0, WINDOW)).isEqualTo(Reproduction.at(curve, spot, WINDOW));
            aboveOne += greatest > 1 ? 1 : 0;
        }
        assertThat(aboveOne).isBetween(20, 180);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4711, 4712})
    void shouldExceedOneInsideEveryTip(long seed) {
        Random random = new Random(seed);
        int tips = 0;
        for (int n = 0; n < 200; n++) {
            RandomMarket market =
                    new RandomMarket(random, n % RandomMarket.SHAPES, n / RandomMarket.SHAPES % RandomMarket.LAWS);
            double spot = market.direction.coordinate(market.spot);
            CascadeCurve curve =
                    Sweep.over(market.exactLadder(), Reading.PESSIMISTIC, market.lotSize, market.impact, spot);
            for (TippingPoint tip : curve.tips()) {
                double window = Math.min(tip.gap() / 2, WINDOW);

                double r = Reproduction.at(curve, tip.entry() + 1e-12, window);

                // From the entry on h stays above what it was, so the mean over any window within the gap is 1 or more.
                assertThat(r)
                        .describedAs("seed " + seed + ", market " + n + ", " + tip)
                        .isGreaterThanOrEqualTo(1 - 1e-9);
                tips++;
            }
        }
        assertThat(tips).isGreaterThan(100);
    }

    @Test
    void shouldRefuseAWindowOfNothing() {
        CascadeCurve curve = Sweep.over(
                TriggerLadder.of(List.of(), PriceGrid.LADDER, Direction.FALL),
                Reading.PESSIMISTIC,
                1,
                new LinearImpact(1),
                SPOT);

        assertThatIllegalArgumentException().isThrownBy(() -> Reproduction.at(curve, SPOT, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Reproduction.greatest(curve, -0.1, 0.01));
    }
}
