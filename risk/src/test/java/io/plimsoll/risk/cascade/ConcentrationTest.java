package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.LargePosition;
import io.plimsoll.risk.PriceGrid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares of the largest accounts, from lists that are complete and lists that are not. */
class ConcentrationTest {

    private static final double SPOT = 4.6055;

    @Test
    void shouldCountOnlyWhoIsReached() {
        List<LargePosition> all = List.of(
                new LargePosition("a", 60, 4590),
                new LargePosition("b", 30, 4580),
                new LargePosition("c", 10, 4580),
                new LargePosition("whale", 1000, 4000));
        TriggerLadder ladder = ladder(Direction.FALL, all);
        CascadeCurve curve = curve(ladder, SPOT);
        Concentration concentration = new Concentration(ladder, all, 1);

        Rest rest = curve.rest(4.575);

        assertThat(rest.lots()).isEqualTo(100);
        assertThat(concentration.shareOfLargest(rest, 1)).isEqualTo(new Concentration.Share(0.6, 0.6));
        assertThat(concentration.shareOfLargest(rest, 2)).isEqualTo(new Concentration.Share(0.9, 0.9));
        assertThat(concentration.shareOfLargest(rest, 20)).isEqualTo(new Concentration.Share(1, 1));
        assertThat(concentration.shareOfLargest(curve.rest(SPOT), 5)).isEqualTo(new Concentration.Share(0, 0));
        assertThat(concentration.shareOfLargest(rest, 1).exact()).isTrue();
    }

    @Test
    void shouldBracketWhatTheListLeavesOpen() {
        List<LargePosition> all = new ArrayList<>();
        all.add(new LargePosition("large", 50, 4590));
        for (int i = 0; i < 10; i++) {
            all.add(new LargePosition("small" + i, 5, 4590));
        }
        TriggerLadder ladder = ladder(Direction.FALL, all);
        Concentration concentration = new Concentration(ladder, all.subList(0, 1), 10);

        Rest rest = curve(ladder, SPOT).rest(4.58);

        // Whoever is not listed has at most 9 lots.
        assertThat(concentration.shareOfLargest(rest, 1)).isEqualTo(new Concentration.Share(0.5, 0.5));
        assertThat(concentration.shareOfLargest(rest, 5)).isEqualTo(new Concentration.Share(0.5, 0.86));
        assertThat(concentration.shareOfLargest(rest, 20)).isEqualTo(new Concentration.Share(0.5, 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4801, 4802})
    void shouldEncloseTheTruthWhateverIsListed(long seed) {
        Random random = new Random(seed);
        int open = 0;
        int exact = 0;
        for (int n = 0; n < 500; n++) {
            Direction direction = random.nextBoolean() ? Direction.FALL : Direction.RISE;
            int sign = direction == Direction.FALL ? 1 : -1;
            List<LargePosition> all = new ArrayList<>();
            int size = 1 + random.nextInt(60);
            for (int i = 0; i < size; i++) {
                long lots = 1 + (long) Math.exp(8 * random.nextDouble());
                all.add(new LargePosition("account" + i, lots, 4605 - sign * (1 + random.nextInt(100))));
            }
            all.sort(Comparator.comparingLong(LargePosition::lots).reversed());
            int listed = random.nextInt(size + 1);
            long completeFrom = listed == size ? 1 : all.get(listed).lots() + 1;
            TriggerLadder ladder = ladder(direction, all);
            Concentration concentration = new Concentration(ladder, all.subList(0, listed), completeFrom);
            double spot = sign * SPOT;
            Rest rest = curve(ladder, spot).rest(spot - 0.1 * random.nextDouble());
            for (int top : new int[] {1, 5, 20}) {
                String name = "seed " + seed + ", market " + n + ", top " + top;

                Concentration.Share share = concentration.shareOfLargest(rest, top);

                double truth = truth(all, rest, top, sign);
                assertThat(share.low()).describedAs(name).isLessThanOrEqualTo(truth);
                assertThat(share.high()).describedAs(name).isGreaterThanOrEqualTo(truth);
                assertThat(share.high()).describedAs(name).isLessThanOrEqualTo(1);
                if (listed == size) {
                    assertThat(share.exact()).describedAs(name).isTrue();
                }
                open += share.exact() ? 0 : 1;
                exact += share.exact() ? 1 : 0;
            }
        }
        assertThat(open).isGreaterThan(200);
        assertThat(exact).isGreaterThan(200);
    }

    /** Whoever stands where the price has been, with the edge of his bucket. */
    private static double truth(List<LargePosition> all, Rest rest, int top, int sign) {
        long[] reached = all.stream()
                .filter(position -> rest.price() <= sign * (position.bucket() + (sign > 0 ? 1 : 0)) * 0.001)
                .mapToLong(LargePosition::lots)
                .toArray();
        long sum = 0;
        long largest = 0;
        for (int i = 0; i < reached.length; i++) {
            sum += reached[i];
            largest += i < top ? reached[i] : 0;
        }
        assertThat(rest.lots()).isEqualTo(sum);
        return sum == 0 ? 0 : (double) largest / sum;
    }

    @Test
    void shouldLoseTheTipWithTheAccountThatMakesIt() {
        List<LargePosition> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(new LargePosition("small" + i, 10, 4595 - i));
        }
        all.add(new LargePosition("whale", 2_000, 4595));
        TriggerLadder ladder = ladder(Direction.FALL, all);
        Concentration concentration = new Concentration(ladder, all, 1);

        TriggerLadder without = concentration.withoutLargest();

        assertThat(concentration.largest()).isEqualTo(new LargePosition("whale", 2_000, 4595));
        assertThat(curve(ladder, SPOT).tips()).hasSize(1);
        assertThat(curve(ladder, SPOT).tips().get(0).threshold()).isCloseTo(4.596, within(1e-12));
        assertThat(without).isNotNull();
        assertThat(without.lots()).isEqualTo(200);
        assertThat(without.accountsOf(without.size())).isEqualTo(20);
        assertThat(curve(without, SPOT).tips()).isEmpty();
    }

    @Test
    void shouldSayNothingWithoutList() {
        TriggerLadder ladder = ladder(Direction.FALL, List.of(new LargePosition("a", 5, 4590)));
        Concentration concentration = new Concentration(ladder, List.of(), 100);

        assertThat(concentration.largest()).isNull();
        assertThat(concentration.withoutLargest()).isNull();
        assertThat(concentration.shareOfLargest(curve(ladder, SPOT).rest(4.5), 1))
                .isEqualTo(new Concentration.Share(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Concentration(ladder, List.of(), 0));
    }

    private static CascadeCurve curve(TriggerLadder ladder, double spot) {
        return Sweep.over(ladder, Reading.PESSIMISTIC, 1, new LinearImpact(1e-5), spot);
    }

    private static TriggerLadder ladder(Direction direction, List<LargePosition> positions) {
        Ladder ladder = new Ladder();
        boolean longs = direction == Direction.FALL;
        for (LargePosition position : positions) {
            ladder.addAll(List.of(new Ladder.Rung(
                    position.bucket(),
                    longs ? position.lots() : 0,
                    longs ? 0 : position.lots(),
                    longs ? 1 : 0,
                    longs ? 0 : 1)));
        }
        return TriggerLadder.of(ladder.rungs(), PriceGrid.LADDER, direction);
    }
}
