package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plimsoll.risk.Ladder.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LadderTest {

    private static final int PER_CHUNK = 64;

    private final Ladder ladder = new Ladder();

    @Test
    void shouldHoldNothingOfWhatWasTakenAway() {
        ladder.add(7, 500);
        ladder.remove(7, 500);

        ladder.add(7 + 10 * PER_CHUNK, -300);

        assertThat(ladder.rungs()).containsExactly(new Rung(7 + 10 * PER_CHUNK, 0, 300, 0, 1));
        assertThat(ladder.longLotsFrom(0)).isZero();
    }

    @Test
    void shouldSayWhichChunksChangedThoughTheyHaveEmptied() {
        ladder.add(0, 1);
        assertThat(ladder.takeChangedChunks()).containsExactly(0);

        ladder.remove(0, 1);
        ladder.add(PER_CHUNK, 1);
        assertThat(ladder.takeChangedChunks()).containsExactly(0, 1);

        ladder.remove(PER_CHUNK, 1);
        ladder.add(0, 1);
        assertThat(ladder.takeChangedChunks()).containsExactly(0, 1);
        assertThat(ladder.takeChangedChunks()).isEmpty();
    }

    @Test
    void shouldRefuseToFallBelowZero() {
        ladder.add(3, 10);

        assertThatIllegalStateException().isThrownBy(() -> ladder.remove(3, 11)).withMessageContaining("3");
    }

    @Test
    void shouldAgreeWithACountOfEachBucket() {
        Random random = new Random(20261123);
        TreeMap<Integer, List<Long>> held = new TreeMap<>();
        for (int n = 0; n < 20_000; n++) {
            int bucket = random.nextInt(-40, 40) * PER_CHUNK / 2 + random.nextInt(2);
            List<Long> there = held.getOrDefault(bucket, List.of());
            if (there.isEmpty() || random.nextInt(5) == 0) {
                long lots = random.nextLong(1, 1_000) * (random.nextBoolean() ? 1 : -1);
                ladder.add(bucket, lots);
                held.merge(bucket, List.of(lots), LadderTest::joined);
            } else {
                ladder.remove(bucket, there.get(0));
                held.put(bucket, there.subList(1, there.size()));
            }
        }

        List<Rung> expected = held.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> rung(entry.getKey(), entry.getValue()))
                .toList();
        assertThat(ladder.rungs()).isEqualTo(expected);
    }

    private static List<Long> joined(List<Long> some, List<Long> others) {
        List<Long> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static Rung rung(int bucket, List<Long> lots) {
        return new Rung(
                bucket,
                lots.stream().filter(each -> each > 0).mapToLong(each -> each).sum(),
                lots.stream().filter(each -> each < 0).mapToLong(each -> -each).sum(),
                (int) lots.stream().filter(each -> each > 0).count(),
                (int) lots.stream().filter(each -> each < 0).count());
    }
}
