package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LargestInBucketTest {

    @Test
    void shouldNotKnowWhoIsNotListed() {
        assertThat(LargestInBucket.of(70, 1, List.of(), Long.MAX_VALUE)).isNull();
        assertThat(LargestInBucket.of(0, 0, List.of(), 1)).isNull();
    }

    @Test
    void shouldNameAListedPositionThatNoOtherCanExceed() {
        LargePosition listed = new LargePosition("a", 60, 5);

        assertThat(LargestInBucket.of(100, 3, List.of(listed), 50)).isEqualTo(new LargestInBucket(60, "a"));
        assertThat(LargestInBucket.of(200, 3, List.of(listed), 90))
                .describedAs("one of the two others may have up to 89, and one has at least 70")
                .isNull();
    }

    @Test
    void shouldRefuseAListThatDoesNotFit() {
        List<LargePosition> listed = List.of(new LargePosition("a", 60, 5));

        assertThatThrownBy(() -> LargestInBucket.of(60, 2, listed, 10)).hasMessageContaining("60 lots of 2 positions");
        assertThatThrownBy(() -> LargestInBucket.of(0, 0, listed, 10)).hasMessageContaining("0 positions");
    }

    @Test
    void shouldHoldForAnyBucketAndAnyList() {
        long seed = 20261010;
        Random random = new Random(seed);
        int known = 0;
        for (int round = 0; round < 20_000; round++) {
            List<LargePosition> all = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                all.add(new LargePosition("a" + i, 1 + random.nextInt(1 + random.nextInt(40)), 5));
            }
            all.sort(Comparator.comparingLong(LargePosition::lots).reversed());
            long completeFrom = 1 + random.nextInt(45);
            List<LargePosition> listed = all.stream()
                    .filter(each -> each.lots() >= completeFrom || random.nextInt(3) == 0)
                    .toList();
            long lots = all.stream().mapToLong(LargePosition::lots).sum();

            LargestInBucket largest = LargestInBucket.of(lots, all.size(), listed, completeFrom);

            if (largest != null) {
                assertThat(all)
                        .describedAs("seed %d, %s of %s complete from %d", seed, listed, all, completeFrom)
                        .contains(
                                new LargePosition(largest.account(), all.get(0).lots(), 5));
                assertThat(largest.lots())
                        .describedAs("seed %d", seed)
                        .isEqualTo(all.get(0).lots());
                known++;
            }
        }
        assertThat(known).describedAs("seed %d", seed).isGreaterThan(5_000);
    }
}
