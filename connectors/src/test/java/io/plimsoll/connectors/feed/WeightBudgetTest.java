package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightBudgetTest {

    private static final long START = 1_000_000;

    @Test
    void shouldGiveWhatItHoldsAndThenWhatHasComeBack() {
        WeightBudget budget = new WeightBudget(600, 40, START);

        assertThat(budget.take(20, START)).isTrue();
        assertThat(budget.take(20, START)).isTrue();
        assertThat(budget.take(2, START)).isFalse();
        assertThat(budget.take(2, START + 199)).isFalse();
        assertThat(budget.take(2, START + 200)).isTrue();
    }

    @Test
    void shouldNeverExceedTheRateInAnyMinute() {
        long seed = 11;
        Random random = new Random(seed);
        WeightBudget budget = new WeightBudget(1_000, 100, START);
        java.util.ArrayDeque<long[]> taken = new java.util.ArrayDeque<>();
        double inMinute = 0;
        double most = 0;

        for (long now = START; now < START + 3_600_000; now += random.nextInt(50)) {
            double weight = random.nextInt(10) == 0 ? 20 : 2;
            if (budget.take(weight, now)) {
                taken.add(new long[] {now, (long) weight});
                inMinute += weight;
            }
            while (taken.getFirst()[0] <= now - 60_000) {
                inMinute -= taken.removeFirst()[1];
            }
            most = Math.max(most, inMinute);
        }

        assertThat(most).describedAs("weight in the worst minute, seed " + seed).isBetween(990.0, 1_100.0);
    }

    @Test
    void shouldLetNothingGoUntilTheVenueAllows() {
        WeightBudget budget = new WeightBudget(600, 40, START);

        budget.refused(START + 10_000, START);

        assertThat(budget.take(1, START + 9_999)).isFalse();
        assertThat(budget.take(1, START + 10_000)).isTrue();
    }

    @Test
    void shouldTakeWhatIsHeavierThanTheBucketWhenItIsFull() {
        WeightBudget budget = new WeightBudget(60, 10, START);

        assertThat(budget.take(20, START)).isTrue();
        assertThat(budget.available(START)).isEqualTo(-10);
        assertThat(budget.take(1, START + 10_999)).isFalse();
        assertThat(budget.take(1, START + 11_000)).isTrue();
    }

    @Test
    void shouldCountWhatTheVenueCountsAfterwards() {
        WeightBudget budget = new WeightBudget(60, 10, START);

        budget.charge(15, START);

        assertThat(budget.available(START)).isEqualTo(-5);
    }

    @Test
    void shouldNotBeFooledByAClockThatGoesBack() {
        WeightBudget budget = new WeightBudget(60, 10, START);
        budget.take(10, START);

        assertThat(budget.available(START - 60_000)).isZero();
        assertThat(budget.available(START)).isZero();
    }

    @Test
    void shouldRefuseABudgetOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WeightBudget(0, 10, START));
    }
}
