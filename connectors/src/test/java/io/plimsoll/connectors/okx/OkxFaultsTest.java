package io.plimsoll.connectors.okx;

import static org.assertj.core.api.Assertions.assertThat;

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

/** An hour of everything that goes wrong between a venue and a connector, in seconds. */
class OkxFaultsTest {

    private static final long SEED = 20_260_624;
    private static final long MINUTE = 60_000;
    private static final long STEP = 2_000;

    private final TestClock clock = new TestClock();
    private final OkxState state = new OkxState(SEED);
    private final OkxVenue venue = new OkxVenue(state, clock, 10 * MINUTE, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = venue.driver()
            .with("late.after.ms", "60000")
            .with("reference.interval.ms", "10000")
            .with("requests.per.minute", "60")
            .with("request.timeout.ms", "300");

    @AfterEach
    void close() {
        driver.stop();
        venue.close();
    }

    @Test
    @Timeout(600)
    void shouldEndWithWhatTheVenueHoldsAfterAnHourOfFaults() throws InterruptedException {
        driver.start();
        venue.upgrade();
        trade(1);
        new HourOfFaults(venue, random, this::trade).pass(5);

        driver.runUntil(100, STEP, venue::publish, () -> {
            OkxTruth.assertMarkets(driver, state);
            OkxTruth.assertLiquidations(driver, venue);
        });
        assertStatus();
        assertThat(venue.complaints()).isEmpty();
        assertThat(venue.mostWeight()).isLessThanOrEqualTo(OkxVenue.ALLOWED_REQUESTS);
        assertThat(venue.toldLiquidations).hasSizeGreaterThan(100);
        System.out.printf(
                "hour of faults: %d records from %d messages on %d connections, %d requests, %d refused, most %.0f%n",
                driver.records().size(),
                venue.sent(),
                venue.connections(),
                venue.requests(),
                venue.refused(),
                venue.mostWeight());
    }

    /** Minutes in which prices and books move, and now and then somebody is liquidated. */
    private void trade(int minutes) throws InterruptedException {
        driver.run(minutes * MINUTE, STEP, () -> {
            venue.happen(state::move);
            venue.publish();
            if (random.nextInt(4) == 0) {
                venue.liquidate(random.nextBoolean() ? "BTC-USD-261226" : "ETH-USDT-SWAP");
            }
        });
    }

    private void assertStatus() {
        FeedStatus last = HourOfFaults.assertStatus(driver, Set.of(FeedState.values()));
        assertThat(last.getMarkets()).isEqualTo(3);
        assertThat(last.getGaps()).isGreaterThan(last.getConnections() - 1).isGreaterThan(5);
    }
}
