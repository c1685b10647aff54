package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.schemas.avro.Liquidation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HyperliquidRestartTest {

    private static final long SEED = 77;
    private static final long SECOND = 1_000;
    private static final long STEP = 2_000;
    private static final int ACCOUNTS = 12;
    private static final List<Topic<?>> STATE =
            List.of(Topics.INSTRUMENTS, Topics.PRICES, Topics.POSITIONS, Topics.COLLATERAL, Topics.LIQUIDATIONS);

    private final TestClock clock = new TestClock();
    private final VenueState state = new VenueState(SEED, ACCOUNTS);
    private final VenueServer server = new VenueServer(state, clock, 86_400 * SECOND, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = server.driver()
            .with("accounts", String.join(",", state.accounts.keySet()))
            .with("accounts.discover", "false")
            .with("accounts.interval.min.ms", "4000")
            .with("accounts.interval.max.ms", "600000")
            .with("prices.refresh.ms", "3600000");

    @AfterEach
    void close() {
        driver.stop();
        server.close();
    }

    @Test
    @Timeout(600)
    void shouldRepeatNothingWhereNothingHasChanged() throws InterruptedException {
        trade(60 * SECOND);
        driver.start();
        quietUntilAllIsThere();
        int before = driver.records().size();

        driver.stop();
        clock.move(5 * SECOND);
        driver.start();
        quiet(120 * SECOND);
        driver.runUntil(
                200,
                STEP,
                () -> server.publish(List.of()),
                () -> assertThat(newestStatus().getState()).isEqualTo(FeedState.LIVE));

        List<TaskDriver.Read> after =
                driver.records().subList(before, driver.records().size());
        Set<String> topics = after.stream().map(TaskDriver.Read::topic).collect(Collectors.toSet());
        assertThat(topics)
                .contains(Topics.FEED_STATUS.name(), Topics.DEPTH.name())
                .doesNotContainAnyElementsOf(STATE.stream().map(Topic::name).toList());
        VenueTruth.assertAccounts(driver, state);
        VenueTruth.assertMarkets(driver, state);
        assertThat(depthTimesRise()).isTrue();
    }

    @Test
    @Timeout(600)
    void shouldWriteWhatHappenedWhileItWasDown() throws InterruptedException {
        trade(60 * SECOND);
        driver.start();
        quietUntilAllIsThere();
        driver.stop();
        int before = driver.records().size();

        trade(180 * SECOND);
        server.happen(() -> {
            state.liquidate(clock.millis());
            state.liquidate(clock.millis());
        });
        assertThat(state.liquidations).isNotEmpty();
        driver.start();
        quietUntilAllIsThere();
        quiet(2 * Liquidations.SECOND_LOOK_MS);

        assertLiquidations("after the restart");
        assertThat(driver.records().subList(before, driver.records().size()))
                .describedAs("positions closed meanwhile")
                .anyMatch(read -> read.topic().equals(Topics.POSITIONS.name()) && read.value() == null);
    }

    @Test
    @Timeout(600)
    void shouldGoOnAfterACrashAtAnyRecord() throws InterruptedException {
        trade(60 * SECOND);
        driver.start();
        quietUntilAllIsThere();
        int base = driver.records().size();
        for (int i = 0; i < 4; i++) {
            server.happen(() -> {
                state.movePrices();
                state.fund();
                state.liquidate(clock.millis());
            });
            quiet(10 * SECOND);
        }
        assertThat(state.liquidations).hasSizeGreaterThan(8);

        for (int crash = 0; crash < 10; crash++) {
            int written = base + random.nextInt(driver.records().size() - base);
            driver.crashAfter(written);
            driver.start();
            quietUntilAllIsThere();

            assertLiquidations("after a crash at record " + written + ", seed " + SEED);
        }
    }

    @Test
    @Timeout(600)
    void shouldRememberWhomItFoundInTrades() throws InterruptedException {
        driver.with("accounts", "").with("accounts.discover", "true");
        trade(60 * SECOND);
        driver.start();
        driver.runUntil(
                100,
                STEP,
                this::everyoneTrades,
                () -> assertThat(driver.latest(Topics.COLLATERAL)).hasSize(state.accounts.size() - 1));

        driver.stop();
        driver.start();
        quiet(20 * SECOND);

        assertThat(newestStatus().getAccounts()).isEqualTo(state.accounts.size() - 1);
    }

    /** All but the liquidator, that is. */
    private void everyoneTrades() {
        List<ObjectNode> all = new ArrayList<>();
        server.happen(() -> all.addAll(state.allTrade(clock.millis())));
        server.publish(all);
    }

    private FeedStatus newestStatus() {
        List<TaskDriver.Read> all = driver.of(Topics.FEED_STATUS);
        return (FeedStatus) all.get(all.size() - 1).value();
    }

    /** Every forced trade is there, and once. */
    private void assertLiquidations(String when) {
        List<String> found = driver.of(Topics.LIQUIDATIONS).stream()
                .map(read -> (Liquidation) read.value())
                .map(liquidation ->
                        liquidation.getAccount() + " " + liquidation.getSymbol() + " " + liquidation.getTradeId())
                .toList();
        // The other party is followed, too, and shrinks or not: its report of the same trade is another one.
        assertThat(new LinkedHashSet<>(found))
                .describedAs(when)
                .containsExactlyInAnyOrderElementsOf(state.liquidations);
        Map<String, Integer> times = new HashMap<>();
        found.forEach(trade -> times.merge(trade, 1, Integer::sum));
        assertThat(times.values()).describedAs(when).allMatch(count -> count <= 2);
    }

    private boolean depthTimesRise() {
        Map<String, Long> last = new HashMap<>();
        return driver.of(Topics.DEPTH).stream().allMatch(read -> {
            Long before = last.put(read.key(), read.timestampMs());
            return before == null || before < read.timestampMs();
        });
    }

    /** Time passes at the venue; the task, if there is one, sees it. */
    private void trade(long forMs) throws InterruptedException {
        for (long passed = 0; passed < forMs; passed += STEP) {
            clock.move(STEP);
            List<ObjectNode> trades = new ArrayList<>();
            server.happen(() -> {
                state.movePrices();
                trades.addAll(state.trade(1, clock.millis()));
            });
            server.publish(trades);
        }
    }

    private void quietUntilAllIsThere() throws InterruptedException {
        quiet(10 * SECOND);
        driver.runUntil(300, STEP, () -> server.publish(List.of()), () -> {
            VenueTruth.assertAccounts(driver, state);
            VenueTruth.assertMarkets(driver, state);
        });
        // Liquidations are looked for once what shrank was seen.
        quiet(20 * SECOND);
    }

    private void quiet(long forMs) throws InterruptedException {
        driver.run(forMs, STEP, () -> server.publish(List.of()));
    }
}
