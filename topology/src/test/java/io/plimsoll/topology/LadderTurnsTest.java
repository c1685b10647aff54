package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LadderTurnsTest {

    private static final long START = 1_767_225_600_123L;
    private static final long STEP = 50;

    private final LadderTurns turns = new LadderTurns(Duration.ofSeconds(1), 1_000, Duration.ofSeconds(4), START);
    private final Map<String, List<Long>> writtenAt = new LinkedHashMap<>();
    private long nowMs = START;
    private int mostInAStep;

    @Test
    void shouldWriteEachOnceInAnIntervalAndNotAllAtOnce() {
        run(1_000, 100, 5);

        assertThat(writtenAt).hasSize(100);
        assertThat(writtenAt.values()).allMatch(times -> times.size() == 1);
        assertThat(mostInAStep).isLessThan(20);
    }

    @Test
    void shouldWriteNoMoreRungsThanAllowed() {
        // Twice as many as may be written in a second.
        run(20_000, 20, 100);

        assertThat(rungs(100)).isBetween(19_000, 21_500);
        assertThat(mostInAStep).isLessThanOrEqualTo(3);
        assertThat(longestPauseMs()).isLessThan(3_000);
    }

    @Test
    void shouldWriteEachNowAndThenHoweverManyRungsThereAre() {
        run(60_000, 20, 100_000);

        assertThat(writtenAt).hasSize(20);
        assertThat(longestPauseMs()).isLessThan(6_000);
        assertThat(mostInAStep).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldWriteAllAfterALongPause() {
        nowMs += 10_000;

        step(markets(20), 3);

        assertThat(writtenAt).hasSize(20);
    }

    @Test
    void shouldTakeOutOnlyThoseWhoseTurnHasCome() {
        Set<String> due = markets(100);

        nowMs += STEP;
        step(due, 0);

        assertThat(due).isNotEmpty().doesNotContainAnyElementsOf(writtenAt.keySet());
        assertThat(due.size() + writtenAt.size()).isEqualTo(100);
    }

    @Test
    void shouldGoOnWhereTheClockWasSetBack() {
        run(2_000, 10, 5);
        writtenAt.clear();
        nowMs -= 3_600_000;

        run(1_100, 10, 5);

        assertThat(writtenAt).hasSize(10);
    }

    private void run(long forMs, int markets, int rungs) {
        for (long endMs = nowMs + forMs; nowMs < endMs; ) {
            nowMs += STEP;
            step(markets(markets), rungs);
        }
    }

    private void step(Set<String> due, int rungs) {
        int[] written = {0};
        turns.step(nowMs, due, market -> {
            writtenAt.computeIfAbsent(market, none -> new ArrayList<>()).add(nowMs);
            written[0]++;
            return rungs;
        });
        mostInAStep = Math.max(mostInAStep, written[0]);
    }

    private int rungs(int each) {
        return each * writtenAt.values().stream().mapToInt(List::size).sum();
    }

    private long longestPauseMs() {
        long longest = 0;
        for (List<Long> times : writtenAt.values()) {
            long before = START;
            for (long time : new TreeSet<>(times)) {
                longest = Math.max(longest, time - before);
                before = time;
            }
            longest = Math.max(longest, nowMs - before);
        }
        return longest;
    }

    private static Set<String> markets(int number) {
        Set<String> markets = new LinkedHashSet<>();
        IntStream.range(0, number).forEach(i -> markets.add("sim:M" + i));
        return markets;
    }
}
