package io.plimsoll.connectors.aave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.FaultyVenue.RequestFault;
import io.plimsoll.connectors.feed.HourOfFaults;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An hour of everything that goes wrong between a subgraph and a connector, in seconds. */
class AaveFaultsTest {

    private static final long SEED = 20_260_703;
    private static final long MINUTE = 60_000;
    private static final long STEP = 5_000;

    private final TestClock clock = new TestClock();
    private final SubgraphState state = new SubgraphState(SEED, 120, clock.millis() / 1_000);
    private final Subgraph server = new Subgraph(state, clock, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = server.driver();

    @AfterEach
    void close() {
        driver.stop();
        server.close();
    }

    @Test
    @Timeout(600)
    void shouldEndWithWhatTheVenueHoldsAfterAnHourOfFaults() throws InterruptedException {
        driver.start();
        live(5);
        for (RequestFault fault : RequestFault.values()) {
            server.requests(fault);
            live(4);
            server.requests(RequestFault.NONE);
            live(2);
        }
        for (int i = 0; i < 12; i++) {
            server.requests(RequestFault.values()[random.nextInt(RequestFault.values().length)]);
            live(1);
        }
        server.requests(RequestFault.NONE);
        live(3);

        driver.run(3 * MINUTE, STEP, () -> {});
        driver.runUntil(100, STEP, () -> {}, () -> SubgraphTruth.assertAll(driver, state, clock.millis() / 1_000));
        assertStatus();
        assertThat(state.calls).hasSizeGreaterThan(20);
        assertThat(server.complaints()).isEmpty();
        assertThat(server.mostWeight()).isPositive().isLessThanOrEqualTo(Subgraph.ALLOWED);
        System.out.printf(
                "hour of faults: %d records from %d requests, %d refused, most in a minute %.0f%n",
                driver.records().size(), server.requests(), server.refused(), server.mostWeight());
    }

    /** Minutes in which prices move, borrowers act and now and then one is liquidated. */
    private void live(int minutes) throws InterruptedException {
        driver.run(
                minutes * MINUTE,
                STEP,
                () -> server.happen(() -> {
                    state.movePrices();
                    state.act(random.nextInt(3), clock.millis() / 1_000);
                    if (random.nextInt(15) == 0) {
                        state.liquidate(clock.millis() / 1_000);
                    }
                }));
    }

    private void assertStatus() {
        FeedStatus last = HourOfFaults.assertStatus(driver, Set.of(FeedState.LIVE, FeedState.STALE, FeedState.DRIFT));
        assertThat(last.getMarkets()).isEqualTo(5);
        assertThat(last.getAccounts()).isEqualTo((int)
                state.users.values().stream().filter(SubgraphState.User::owes).count());
        assertThat(last.getAccountsLate()).isZero();
    }
}
