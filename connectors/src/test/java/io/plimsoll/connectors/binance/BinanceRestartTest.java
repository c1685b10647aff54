package io.plimsoll.connectors.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BinanceRestartTest {

    private static final long SEED = 78;
    private static final long SECOND = 1_000;
    private static final long STEP = 2_000;

    private final TestClock clock = new TestClock();
    private final BinanceState state = new BinanceState(Product.USDM, SEED);
    private final BinanceVenue venue = new BinanceVenue(state, clock, 86_400 * SECOND, SEED);
    private final Random random = new Random(SEED);
    private final List<ObjectNode> forced = new ArrayList<>();
    private final TaskDriver driver = venue.driver()
            .with("api.key", BinanceVenue.KEY)
            .with("api.secret", BinanceVenue.SECRET)
            .with("depth.levels", "100")
            .with("open.interest.interval.ms", "10000")
            .with("prices.refresh.ms", "3600000");

    @AfterEach
    void close() {
        driver.stop();
        venue.close();
    }

    @Test
    @Timeout(600)
    void shouldRepeatNothingWhereNothingHasChanged() throws InterruptedException {
        // Time flies while requests are under way: what is waited for at a start is to have come before it is given up.
        driver.with("open.interest.interval.ms", "300000");
        driver.start();
        trade(60 * SECOND);
        quietUntilAllIsThere();
        int before = driver.records().size();

        driver.stop();
        clock.move(5 * SECOND);
        driver.start();
        driver.runUntil(
                500,
                STEP,
                () -> venue.publish(List.of()),
                () -> assertThat(driver.records()
                                .subList(before, driver.records().size()))
                        .anyMatch(read ->
                                read.value() instanceof FeedStatus status && status.getState() == FeedState.LIVE));
        // The venue's last word before the end, once more.
        venue.publish(List.of(forced.get(forced.size() - 1)));
        driver.run(20 * SECOND, STEP, () -> venue.publish(List.of()));

        Set<String> topics = driver.records().subList(before, driver.records().size()).stream()
                .map(TaskDriver.Read::topic)
                .collect(Collectors.toSet());
        assertThat(topics).containsExactlyInAnyOrder(Topics.FEED_STATUS.name(), Topics.DEPTH.name());
        BinanceTruth.assertMarkets(driver, state);
        assertThat(timesRise()).isTrue();
    }

    @Test
    @Timeout(600)
    void shouldWriteWhatChangedWhileItWasDown() throws InterruptedException {
        driver.start();
        trade(20 * SECOND);
        quietUntilAllIsThere();
        driver.stop();

        clock.move(120 * SECOND);
        venue.happen(() -> {
            state.movePrices();
            state.moveBooks();
        });
        driver.start(3);
        quietUntilAllIsThere();

        assertThat(timesRise()).isTrue();
    }

    @Test
    @Timeout(600)
    void shouldGoOnAfterACrashAtAnyRecord() throws InterruptedException {
        driver.start();
        quietUntilAllIsThere();
        int base = driver.records().size();
        trade(40 * SECOND);

        for (int crash = 0; crash < 6; crash++) {
            int written = base + random.nextInt(driver.records().size() - base);
            driver.crashAfter(written);
            driver.start();
            quietUntilAllIsThere();

            Set<String> kept = driver.of(Topics.LIQUIDATIONS).stream()
                    .map(read -> read.value().toString())
                    .collect(Collectors.toSet());
            assertThat(driver.of(Topics.LIQUIDATIONS))
                    .describedAs("after a crash at record " + written + ", seed " + SEED)
                    .hasSameSizeAs(kept);
        }
    }

    @Test
    @Timeout(600)
    void shouldSayWhichInstrumentsHaveNoMarginTiers() throws InterruptedException {
        driver.with("api.secret", "a secret of somebody else");
        driver.start();

        driver.runUntil(
                500,
                STEP,
                () -> venue.publish(List.of()),
                () -> assertThat(newestStatus().getReason()).contains("margin tiers"));

        assertThat(newestStatus().getState()).isEqualTo(FeedState.PARTIAL);
        assertThat(newestStatus().getReason())
                .startsWith("6 of 6 instruments without margin tiers: leverageBracket is refused with status 401")
                .doesNotContain(BinanceVenue.KEY)
                .doesNotContain("somebody else");
        assertThat(driver.latest(Topics.INSTRUMENTS).values())
                .hasSize(6)
                .allMatch(instrument -> instrument.getMarginTiers().isEmpty());
    }

    @Test
    @Timeout(600)
    void shouldSplitMarketsOverTasks() throws InterruptedException {
        driver.start(2);

        quietUntilAllIsThere();

        Map<String, Integer> markets = new HashMap<>();
        driver.latest(Topics.FEED_STATUS)
                .values()
                .forEach(status -> markets.put(status.getPart(), status.getMarkets()));
        assertThat(markets.keySet()).containsExactlyInAnyOrder("0-of-2", "1-of-2");
        assertThat(markets.values()).doesNotContain(0);
        assertThat(markets.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(state.markets.size());
        assertThat(driver.of(Topics.INSTRUMENTS)).hasSameSizeAs(state.markets.keySet());
    }

    private FeedStatus newestStatus() {
        List<TaskDriver.Read> all = driver.of(Topics.FEED_STATUS);
        assertThat(all).describedAs("status").isNotEmpty();
        return (FeedStatus) all.get(all.size() - 1).value();
    }

    /** Of each market's prices and depths no two are of one moment, and none comes after a newer one. */
    private boolean timesRise() {
        Map<String, Long> last = new HashMap<>();
        return driver.records().stream()
                .filter(read ->
                        read.topic().equals(Topics.DEPTH.name()) || read.topic().equals(Topics.PRICES.name()))
                .allMatch(read -> {
                    Long before = last.put(read.topic() + read.key(), read.timestampMs());
                    return before == null || before < read.timestampMs();
                });
    }

    private void trade(long forMs) throws InterruptedException {
        driver.run(forMs, STEP, () -> {
            venue.happen(() -> {
                state.movePrices();
                state.moveBooks();
                forced.add(state.force(clock.millis()));
            });
            venue.publish(List.of(forced.get(forced.size() - 1)));
        });
    }

    private void quietUntilAllIsThere() throws InterruptedException {
        driver.run(20 * SECOND, STEP, () -> venue.publish(List.of()));
        driver.runUntil(500, STEP, () -> venue.publish(List.of()), () -> BinanceTruth.assertMarkets(driver, state));
    }
}
