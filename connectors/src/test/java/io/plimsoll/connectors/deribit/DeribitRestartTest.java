package io.plimsoll.connectors.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeribitRestartTest {

    private static final long SEED = 33;
    private static final long SECOND = 1_000;
    private static final long STEP = 5_000;

    private final TestClock clock = new TestClock();
    private final DeribitState state = new DeribitState(SEED);
    private final DeribitVenue server = new DeribitVenue(state, clock, 86_400 * SECOND, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = server.driver().with("prices.refresh.ms", "3600000");

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
        List<Topic<?>> still = List.of(Topics.INSTRUMENTS, Topics.PRICES, Topics.LIQUIDATIONS);
        assertThat(topics)
                .contains(Topics.FEED_STATUS.name(), Topics.DEPTH.name())
                .doesNotContainAnyElementsOf(still.stream().map(Topic::name).toList());
        DeribitTruth.assertAll(driver, state);
        assertThat(server.connections())
                .describedAs("the venue's tests were answered, or it would have cut")
                .isEqualTo(2);
    }

    @Test
    @Timeout(600)
    void shouldGoOnAfterACrashAtAnyRecord() throws InterruptedException {
        happen(60 * SECOND);
        driver.start(3);
        quietUntilAllIsThere();
        int base = driver.records().size();
        driver.run(
                60 * SECOND,
                STEP,
                () -> server.happen(() -> {
                    state.trade(2, clock.millis());
                    server.publish();
                }));

        for (int crash = 0; crash < 8; crash++) {
            driver.crashAfter(base + random.nextInt(driver.records().size() - base));
            happen(40 * SECOND);
            driver.start();

            quietUntilAllIsThere();
        }
        assertThat(state.liquidations).hasSizeGreaterThan(15);
    }

    @Test
    @Timeout(600)
    void shouldSayOfWhichInstrumentsTheMarginIsNotKnown() throws InterruptedException {
        driver.with("margin.rates", "BTC=0.01+0.00005");
        driver.start();

        driver.runUntil(100, STEP, server::publish, () -> {
            assertThat(driver.latest(Topics.INSTRUMENTS)).hasSize(3).doesNotContainKey("deribit:ETH-PERPETUAL");
            List<TaskDriver.Read> all = driver.of(Topics.FEED_STATUS);
            FeedStatus last = (FeedStatus) all.get(all.size() - 1).value();
            assertThat(last.getState()).isEqualTo(FeedState.PARTIAL);
            assertThat(last.getReason()).contains("maintenance margin of ETH");
        });
    }

    /** Time passes at the venue; the task, if there is one, does not run. */
    private void happen(long forMs) {
        for (long passed = 0; passed < forMs; passed += STEP) {
            clock.move(STEP);
            server.happen(() -> {
                state.movePrices();
                state.trade(3, clock.millis());
                server.publish();
            });
        }
    }

    private void quietUntilAllIsThere() throws InterruptedException {
        quiet(10 * SECOND);
        driver.runUntil(100, STEP, server::publish, () -> DeribitTruth.assertAll(driver, state));
        // Nothing comes after that, either.
        quiet(70 * SECOND);
        DeribitTruth.assertLiquidations(driver, state);
    }

    private void quiet(long forMs) throws InterruptedException {
        driver.run(forMs, STEP, server::publish);
    }
}
