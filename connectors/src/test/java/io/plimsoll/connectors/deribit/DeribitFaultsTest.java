package io.plimsoll.connectors.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.feed.FaultyVenue.StreamFault;
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

/** An hour of everything that goes wrong between the venue and a connector, in seconds. */
class DeribitFaultsTest {

    private static final long SEED = 20_260_702;
    private static final long MINUTE = 60_000;
    private static final long STEP = 5_000;

    private final TestClock clock = new TestClock();
    private final DeribitState state = new DeribitState(SEED);
    private final DeribitVenue server = new DeribitVenue(state, clock, 10 * MINUTE, SEED);
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
        trade(5);
        server.cut(false);
        trade(2);
        for (StreamFault fault : StreamFault.values()) {
            server.streams(fault);
            trade(3);
            server.streams(StreamFault.NONE);
            trade(2);
        }
        server.refuseAll(true);
        server.cut(true);
        trade(3);
        server.refuseAll(false);
        trade(2);
        server.streams(StreamFault.MUTE);
        trade(3);
        for (int i = 0; i < 10; i++) {
            server.streams(StreamFault.values()[random.nextInt(StreamFault.values().length)]);
            server.refuseAll(random.nextInt(4) == 0);
            server.cut(random.nextBoolean());
            trade(1);
        }
        server.refuseAll(false);
        server.streams(StreamFault.NONE);
        trade(3);

        driver.run(3 * MINUTE, STEP, server::publish);
        driver.runUntil(100, STEP, server::publish, () -> DeribitTruth.assertAll(driver, state));
        assertStatus();
        assertThat(state.liquidations).hasSizeGreaterThan(80);
        assertThat(server.complaints()).isEmpty();
        System.out.printf(
                "hour of faults: %d records from %d messages on %d connections, %d answers refused%n",
                driver.records().size(), server.sent(), server.connections(), server.answersRefused());
    }

    private void trade(int minutes) throws InterruptedException {
        driver.run(
                minutes * MINUTE,
                STEP,
                () -> server.happen(() -> {
                    state.movePrices();
                    state.trade(random.nextInt(3), clock.millis());
                    server.publish();
                }));
    }

    private void assertStatus() {
        FeedStatus last = HourOfFaults.assertStatus(driver, Set.of(FeedState.values()));
        assertThat(last.getMarkets()).isEqualTo(4);
        assertThat(last.getGaps()).isGreaterThan(10);
    }
}
