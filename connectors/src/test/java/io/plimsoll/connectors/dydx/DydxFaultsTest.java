package io.plimsoll.connectors.dydx;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.FaultyVenue.RequestFault;
import io.plimsoll.connectors.feed.FaultyVenue.StreamFault;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
        for (StreamFault fault : StreamFault.values()) {
            server.streams(fault);
            trade(2);
            server.streams(StreamFault.NONE);
            trade(1);
        }
        for (RequestFault fault : RequestFault.values()) {
            server.requests(fault);
            server.cut(true);
            trade(2);
            server.requests(RequestFault.NONE);
            trade(1);
        }
        server.streams(StreamFault.MUTE);
        trade(3);
        for (int i = 0; i < 9; i++) {
            server.requests(RequestFault.values()[random.nextInt(RequestFault.values().length)]);
            server.streams(StreamFault.values()[random.nextInt(StreamFault.values().length)]);
            server.cut(random.nextBoolean());
            trade(1);
        }
        server.requests(RequestFault.NONE);
        server.streams(StreamFault.NONE);
        trade(4);

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
        List<FeedStatus> all = driver.of(Topics.FEED_STATUS).stream()
                .map(read -> (FeedStatus) read.value())
                .toList();
        Set<FeedState> states = all.stream().map(FeedStatus::getState).collect(Collectors.toSet());
        assertThat(states).containsExactlyInAnyOrder(FeedState.values());
        FeedStatus last = all.get(all.size() - 1);
        assertThat(last.getState()).describedAs(last.getReason()).isEqualTo(FeedState.LIVE);
        assertThat(last.getMarkets()).isEqualTo(3);
        assertThat(last.getMarketsLate()).isZero();
        assertThat(last.getAccounts()).isEqualTo(ACCOUNTS);
        assertThat(last.getAccountsLate()).isZero();
        assertThat(last.getMalformed()).isPositive();
        assertThat(last.getOutOfOrder()).isPositive();
        assertThat(last.getThrottled()).isPositive();
        assertThat(last.getGaps()).isGreaterThan(10);
        assertThat(all)
                .filteredOn(status -> status.getState() != FeedState.LIVE)
                .allMatch(status -> !status.getReason().isEmpty());
    }
}
