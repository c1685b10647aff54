package io.plimsoll.connectors.dydx;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DydxRestartTest {

    private static final long SEED = 99;
    private static final long SECOND = 1_000;
    private static final long STEP = 5_000;
    private static final List<Topic<?>> STATE =
            List.of(Topics.INSTRUMENTS, Topics.PRICES, Topics.POSITIONS, Topics.COLLATERAL, Topics.LIQUIDATIONS);

    private final TestClock clock = new TestClock();
    private final IndexerState state = new IndexerState(SEED, 12);
    private final Indexer server = new Indexer(state, clock, 86_400 * SECOND, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = server.driver()
            .with("accounts", String.join(",", state.accounts.keySet()))
            .with("accounts.refresh.ms", "3600000")
            .with("prices.refresh.ms", "3600000");

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
        quiet(120 * SECOND);

        Set<String> topics = driver.records().subList(before, driver.records().size()).stream()
                .map(TaskDriver.Read::topic)
                .collect(Collectors.toSet());
        assertThat(topics)
                .contains(Topics.FEED_STATUS.name(), Topics.DEPTH.name())
                .doesNotContainAnyElementsOf(STATE.stream().map(Topic::name).toList());
        IndexerTruth.assertAll(driver, state);
    }

    @Test
    @Timeout(600)
    void shouldWriteWhatHappenedWhileItWasDown() throws InterruptedException {
        happen(60 * SECOND);
        driver.start();
        quietUntilAllIsThere();
        driver.stop();
        int before = driver.records().size();

        happen(300 * SECOND);
        server.happen(() -> {
            state.force(clock.instant());
            state.force(clock.instant());
        });
        happen(60 * SECOND);
        driver.start();
        quietUntilAllIsThere();

        assertThat(state.liquidations).hasSize(4);
        assertThat(driver.records().subList(before, driver.records().size()))
                .describedAs("positions closed meanwhile")
                .anyMatch(read -> read.topic().equals(Topics.POSITIONS.name()) && read.value() == null);
    }

    @Test
    @Timeout(600)
    void shouldGoOnAfterACrashAtAnyRecord() throws InterruptedException {
        happen(60 * SECOND);
        driver.start();
        quietUntilAllIsThere();
        int base = driver.records().size();
        for (int i = 0; i < 4; i++) {
            server.happen(() -> {
                state.movePrices();
                List<IndexerState.Account> changed = new ArrayList<>(state.trade(2, clock.instant()));
                changed.addAll(state.force(clock.instant()));
                server.publish(changed);
            });
            quiet(10 * SECOND);
        }

        for (int crash = 0; crash < 8; crash++) {
            int written = base + random.nextInt(driver.records().size() - base);
            driver.crashAfter(written);
            server.happen(() -> state.trade(3, clock.instant()));
            driver.start();

            quietUntilAllIsThere();
        }
        assertThat(state.liquidations).hasSize(8);
    }

    @Test
    @Timeout(600)
    void shouldShareTheWorkAndWithdrawWhoIsNotFollowedAnyMore() throws InterruptedException {
        happen(60 * SECOND);
        driver.start(3);
        quietUntilAllIsThere();
        driver.stop();

        String left = IndexerState.id(1);
        driver.with("accounts", left);
        driver.start();
        quiet(30 * SECOND);

        assertThat(driver.latest(Topics.COLLATERAL)).containsOnlyKeys("dydx:" + left + ":USDC");
        assertThat(driver.latest(Topics.POSITIONS).keySet()).allMatch(key -> key.startsWith("dydx:" + left + ":"));
    }

    /** Time passes at the venue; the task, if there is one, does not run. */
    private void happen(long forMs) {
        for (long passed = 0; passed < forMs; passed += STEP) {
            clock.move(STEP);
            server.happen(() -> {
                state.movePrices();
                server.publish(state.trade(1, clock.instant()));
            });
        }
    }

    private void quietUntilAllIsThere() throws InterruptedException {
        quiet(10 * SECOND);
        driver.runUntil(100, STEP, () -> server.publish(List.of()), () -> IndexerTruth.assertAll(driver, state));
        // Nothing comes after that, either.
        quiet(20 * SECOND);
        IndexerTruth.assertAll(driver, state);
    }

    private void quiet(long forMs) throws InterruptedException {
        driver.run(forMs, STEP, () -> server.publish(List.of()));
    }
}
