package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final long START = 1_767_225_600_123L;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldGiveEachOneTurnAnInterval() {
        Turns turns = new Turns(SECOND, START);
        Set<String> names = names(200);

        List<String> taken = new ArrayList<>();
        int most = 0;
        for (long nowMs = START + 50; nowMs <= START + 1_000; nowMs += 50) {
            List<String> now = turns.take(names, nowMs);
            most = Math.max(most, now.size());
            taken.addAll(now);
        }

        assertThat(taken).doesNotHaveDuplicates().hasSize(200);
        assertThat(names).isEmpty();
        // A twentieth of them would be ten.
        assertThat(most).isLessThan(25);
    }

    @Test
    void shouldGiveTheSameTurnInEachInterval() {
        Turns turns = new Turns(SECOND, START);

        List<Long> takenAt = new ArrayList<>();
        for (long nowMs = START + 10; nowMs <= START + 5_000; nowMs += 10) {
            if (!turns.take(names(1), nowMs).isEmpty()) {
                takenAt.add(nowMs);
            }
        }

        assertThat(takenAt).hasSize(5);
        assertThat(takenAt.stream().map(at -> (at - takenAt.get(0)) % 1_000)).containsOnly(0L);
    }

    @Test
    void shouldTakeAllAfterALongPause() {
        Turns turns = new Turns(SECOND, START);
        Set<String> names = names(50);

        assertThat(turns.take(names, START + 1_000)).hasSize(50);
        assertThat(turns.take(names(50), START + 60_000)).hasSize(50);
        assertThat(turns.take(names(50), START + 60_000)).isEmpty();
    }

    @Test
    void shouldRefuseAnIntervalOfNothing() {
        assertThatThrownBy(() -> new Turns(Duration.ZERO, START)).hasMessageContaining("PT0S");
    }

    private static Set<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "test:M" + number)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
