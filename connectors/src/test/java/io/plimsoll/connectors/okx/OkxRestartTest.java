package io.plimsoll.connectors.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OkxRestartTest {

    private static final long SEED = 79;
    private static final long SECOND = 1_000;
    private static final long STEP = 2_000;

    private final TestClock clock = new TestClock();
    private final OkxState state = new OkxState(SEED);
    private final OkxVenue venue = new OkxVenue(state, clock, 86_400 * SECOND, SEED);
    private final TaskDriver driver = venue.driver().with("prices.refresh.ms", "3600000");

    @AfterEach
    void close() {
        driver.stop();
        venue.close();
    }

    @Test
    @Timeout(600)
    void shouldRepeatNothingWhereNothingHasChanged() throws InterruptedException {
        driver.start();
        trade(20 * SECOND);
        quietUntilAllIsThere();
        venue.liquidate("BTC-USDT-SWAP");
        assertThat(venue.toldLiquidations).isNotEmpty();
        driver.runUntil(10, STEP, venue::publish, () -> OkxTruth.assertLiquidations(driver, venue));
        int before = driver.records().size();

        driver.stop();
        clock.move(5 * SECOND);
        driver.start();
        driver.run(120 * SECOND, STEP, venue::publish);

        Set<String> topics = driver.records().subList(before, driver.records().size()).stream()
                .map(TaskDriver.Read::topic)
                .collect(Collectors.toSet());
        assertThat(topics).containsExactlyInAnyOrder(Topics.FEED_STATUS.name(), Topics.DEPTH.name());
        assertThat(newestStatus().getState()).isEqualTo(FeedState.LIVE);
        assertDepthIsOfRisingTimes();
        OkxTruth.assertMarkets(driver, state);
        OkxTruth.assertLiquidations(driver, venue);
    }

    @Test
    @Timeout(600)
    void shouldLoseNothingOfWhatChangedWhileItWasDown() throws InterruptedException {
        driver.start();
        trade(20 * SECOND);
        quietUntilAllIsThere();

        driver.stop();
        for (int i = 0; i < 10; i++) {
            clock.move(STEP);
            venue.happen(state::move);
            venue.publish();
        }
        driver.start();

        quietUntilAllIsThere();
        assertDepthIsOfRisingTimes();
    }

    @Test
    @Timeout(600)
    void shouldGoOnFromWhatWasCommittedBeforeACrash() throws InterruptedException {
        driver.start();
        trade(60 * SECOND);
        int written = driver.records().size();

        driver.crashAfter(written / 2);
        driver.start();

        quietUntilAllIsThere();
        assertDepthIsOfRisingTimes();
    }

    @Test
    @Timeout(600)
    void shouldShareTheMarketsAmongTasks() throws InterruptedException {
        driver.start(3);
        trade(20 * SECOND);

        quietUntilAllIsThere();
        assertThat(driver.of(Topics.INSTRUMENTS)).hasSize(3);
        assertThat(driver.latest(Topics.FEED_STATUS).values())
                .extracting(FeedStatus::getMarkets)
                .hasSize(3)
                .satisfies(markets -> assertThat(
                                markets.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(3));
    }

    private void trade(long forMs) throws InterruptedException {
        driver.run(forMs, STEP, () -> {
            venue.happen(state::move);
            venue.publish();
        });
    }

    private void quietUntilAllIsThere() throws InterruptedException {
        driver.runUntil(100, STEP, venue::publish, () -> OkxTruth.assertMarkets(driver, state));
    }

    private FeedStatus newestStatus() {
        List<TaskDriver.Read> all = driver.of(Topics.FEED_STATUS);
        return (FeedStatus) all.get(all.size() - 1).value();
    }

    private void assertDepthIsOfRisingTimes() {
        Set<String> times = new HashSet<>();
        assertThat(driver.of(Topics.DEPTH)).allMatch(read -> times.add(read.key() + " " + read.timestampMs()));
    }
}
