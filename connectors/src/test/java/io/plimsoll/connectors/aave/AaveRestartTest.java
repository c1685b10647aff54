package io.plimsoll.connectors.aave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topics;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AaveRestartTest {

    private static final long SEED = 55;
    private static final long SECOND = 1_000;
    private static final long STEP = 5_000;

    private final TestClock clock = new TestClock();
    private final SubgraphState state = new SubgraphState(SEED, 60, clock.millis() / 1_000);
    private final Subgraph server = new Subgraph(state, clock, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = server.driver().with("reserves.interval.ms", "20000");

    @AfterEach
    void close() {
        driver.stop();
        server.close();
    }

    @Test
    @Timeout(600)
    void shouldRepeatNothingWhereNothingHasChanged() throws InterruptedException {
        happen(60 * SECOND);
        driver.start();
        quietUntilAllIsThere();
        int before = driver.records().size();

        driver.stop();
        clock.move(5 * SECOND);
        driver.start();
        quiet(180 * SECOND);

        Set<String> topics = driver.records().subList(before, driver.records().size()).stream()
                .map(TaskDriver.Read::topic)
                .collect(Collectors.toSet());
        // Prices are written again when their time has come.
        assertThat(topics).containsExactlyInAnyOrder(Topics.FEED_STATUS.name(), Topics.PRICES.name());
    }

    @Test
    @Timeout(600)
    void shouldGoOnAfterACrashAtAnyRecordWithAnotherNumberOfTasks() throws InterruptedException {
        happen(60 * SECOND);
        driver.start(3);
        quietUntilAllIsThere();
        int base = driver.records().size();
        driver.run(120 * SECOND, STEP, this::live);

        for (int crash = 0; crash < 8; crash++) {
            driver.crashAfter(base + random.nextInt(driver.records().size() - base));
            happen(60 * SECOND);
            driver.start(1 + crash % 4);

            quietUntilAllIsThere();
        }
        assertThat(state.calls).hasSizeGreaterThan(5);
        assertThat(driver.of(Topics.COLLATERAL)).anyMatch(read -> read.value() == null);
    }

    /** Time passes at the venue; the task, if there is one, does not run. */
    private void happen(long forMs) {
        for (long passed = 0; passed < forMs; passed += STEP) {
            clock.move(STEP);
            live();
        }
    }

    private void live() {
        server.happen(() -> {
            state.movePrices();
            state.act(1, clock.millis() / 1_000);
            if (random.nextInt(30) == 0) {
                state.liquidate(clock.millis() / 1_000);
            }
        });
    }

    private void quietUntilAllIsThere() throws InterruptedException {
        quiet(120 * SECOND);
        driver.runUntil(100, STEP, () -> {}, () -> SubgraphTruth.assertAll(driver, state, clock.millis() / 1_000));
    }

    private void quiet(long forMs) throws InterruptedException {
        driver.run(forMs, STEP, () -> {});
    }
}
