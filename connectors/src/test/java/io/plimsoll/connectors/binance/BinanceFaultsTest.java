package io.plimsoll.connectors.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.HourOfFaults;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An hour of everything that goes wrong between a venue and a connector, in seconds. */
class BinanceFaultsTest {

    private static final long SEED = 20_260_623;
    private static final long MINUTE = 60_000;
    private static final long STEP = 2_000;

    private final TestClock clock = new TestClock();
    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(Product.class)
    @Timeout(600)
    void shouldEndWithWhatTheVenueHoldsAfterAnHourOfFaults(Product product) throws InterruptedException {
        BinanceState state = new BinanceState(product, SEED);
        try (BinanceVenue venue = new BinanceVenue(state, clock, 10 * MINUTE, SEED)) {
            TaskDriver driver = venue.driver()
                    .with("api.key", BinanceVenue.KEY)
                    .with("api.secret", BinanceVenue.SECRET)
                    .with("depth.levels", "100")
                    .with("open.interest.interval.ms", "10000")
                    .with("reference.interval.ms", "120000")
                    .with("request.timeout.ms", "300");
            driver.start();
            try {
                hourOfFaults(venue, state, driver);
                driver.runUntil(100, STEP, () -> venue.publish(List.of()), () -> {
                    BinanceTruth.assertMarkets(driver, state);
                    BinanceTruth.assertLiquidations(driver, state, venue.deliveredForced());
                });
                assertStatus(driver, state);
                assertThat(venue.complaints()).isEmpty();
                assertThat(venue.mostWeight()).isLessThanOrEqualTo(BinanceVenue.ALLOWED_WEIGHT);
                assertThat(venue.deliveredForced()).hasSizeGreaterThan(50);
                System.out.printf(
                        "%s, hour of faults: %d records from %d messages on %d connections, %d of %d requests refused,"
                                + " most weight %.0f%n",
                        product,
                        driver.records().size(),
                        venue.sent(),
                        venue.connections(),
                        venue.refused(),
                        venue.requests(),
                        venue.mostWeight());
            } finally {
                driver.stop();
            }
        }
    }

    private void hourOfFaults(BinanceVenue venue, BinanceState state, TaskDriver driver) throws InterruptedException {
        new HourOfFaults(venue, random, minutes -> trade(venue, state, driver, minutes)).pass(4);
        // Then nothing happens any more.
        driver.run(2 * MINUTE, STEP, () -> venue.publish(List.of()));
    }

    /** Minutes in which prices and books move, and now and then someone is liquidated. */
    private void trade(BinanceVenue venue, BinanceState state, TaskDriver driver, int minutes)
            throws InterruptedException {
        driver.run(minutes * MINUTE, STEP, () -> {
            List<ObjectNode> forced = new ArrayList<>();
            venue.happen(() -> {
                state.movePrices();
                state.moveBooks();
                if (random.nextInt(10) == 0) {
                    forced.add(state.force(clock.millis()));
                }
            });
            venue.publish(forced);
            // What snapshots hold that are asked for now, and changes do not yet.
            venue.happen(state::moveBooks);
        });
    }

    private static void assertStatus(TaskDriver driver, BinanceState state) {
        FeedStatus last = HourOfFaults.assertStatus(driver, Set.of(FeedState.values()));
        assertThat(last.getMarkets()).isEqualTo(state.markets.size());
        assertThat(last.getGaps()).isGreaterThan(20);
    }
}
