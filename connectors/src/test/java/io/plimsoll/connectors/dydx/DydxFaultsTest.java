package io.plimsoll.connectors.dydx;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.HourOfFaults;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An hour of everything that goes wrong between an indexer and a connector, in seconds. */
class DydxFaultsTest {

    private static final long SEED = 20_260_701;
    private static final long MINUTE = 60_000;
    private static final long STEP = 5_000;
    private static final int ACCOUNTS = 30;

    private final TestClock clock = new TestClock();
    private final IndexerState state = new IndexerState(SEED, ACCOUNTS);
    private final Indexer server = new Indexer(state, clock, 10 * MINUTE, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = server.driver()
            .with("accounts", String.join(",", state.accounts.keySet()))
            .with("accounts.refresh.ms", "120000")
            .with("request.timeout.ms", "300");

    @AfterEach
    void close() {
        driver.stop();
        server.close();
    }

    @Test
    @Timeout(600)
    void shouldEndWithWhatTheVenueHoldsAfterAnHourOfFaults() throws InterruptedException {
        driver.start();
        trade(5);
        server.cut(false);
        trade(1);
        HourOfFaults hour = new HourOfFaults(server, random, this::trade);
        hour.streamFaults();
        // It asks only when it has been cut off.
        hour.requestFaults(minutes -> {
            server.cut(true);
            trade(minutes);
        });
        hour.mixed(4);

        driver.run(3 * MINUTE, STEP, () -> server.publish(List.of()));
        driver.runUntil(100, STEP, () -> server.publish(List.of()), () -> IndexerTruth.assertAll(driver, state));
        assertStatus();
        assertThat(state.liquidations).hasSizeGreaterThan(30);
        assertThat(server.complaints()).isEmpty();
        assertThat(server.mostWeight()).isPositive().isLessThanOrEqualTo(Indexer.ALLOWED_REQUESTS);
        System.out.printf(
                "hour of faults: %d records from %d messages on %d connections, %d requests, %d refused%n",
                driver.records().size(), server.sent(), server.connections(), server.requests(), server.refused());
    }

    /** Minutes in which prices move, accounts trade and now and then one is liquidated. */
    private void trade(int minutes) throws InterruptedException {
        driver.run(
                minutes * MINUTE,
                STEP,
                () -> server.happen(() -> {
                    state.movePrices();
                    List<IndexerState.Account> changed =
                            new ArrayList<>(state.trade(random.nextInt(4), clock.instant()));
                    if (random.nextInt(15) == 0) {
                        changed.addAll(state.force(clock.instant()));
                    }
                    server.publish(changed);
                }));
    }

    private void assertStatus() {
        FeedStatus last = HourOfFaults.assertStatus(driver, Set.of(FeedState.values()));
        assertThat(last.getMarkets()).isEqualTo(3);
        assertThat(last.getAccounts()).isEqualTo(ACCOUNTS);
        assertThat(last.getAccountsLate()).isZero();
        assertThat(last.getGaps()).isGreaterThan(10);
    }
}
