package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.HourOfFaults;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.schemas.avro.Liquidation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An hour of everything that goes wrong between a venue and a connector, in seconds. */
class HyperliquidFaultsTest {

    private static final long SEED = 20_260_622;
    private static final long MINUTE = 60_000;
    private static final long STEP = 2_000;
    private static final int ACCOUNTS = 60;

    private final TestClock clock = new TestClock();
    private final VenueState state = new VenueState(SEED, ACCOUNTS);
    private final VenueServer server = new VenueServer(state, clock, 10 * MINUTE, SEED);
    private final Random random = new Random(SEED);
    private final TaskDriver driver = server.driver()
            .with("accounts", VenueState.address(1) + "," + VenueState.address(2))
            .with("liquidations.users", VenueState.LIQUIDATOR)
            .with("accounts.interval.min.ms", "4000")
            .with("accounts.interval.max.ms", "120000")
            // Time goes on while requests are under way: the server may see in one minute what was sent in two.
            .with("weight.per.minute", "900")
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
        new HourOfFaults(server, random, this::trade).pass(4);
        // Everyone is seen once more, then nothing happens any more.
        List<ObjectNode> last = new ArrayList<>();
        server.happen(() -> last.addAll(state.allTrade(clock.millis())));
        server.publish(last);
        driver.run(5 * MINUTE, STEP, () -> server.publish(List.of()));

        driver.runUntil(100, STEP, () -> server.publish(List.of()), () -> {
            VenueTruth.assertAccounts(driver, state);
            VenueTruth.assertMarkets(driver, state);
            assertLiquidations();
        });
        assertStatus();
        assertThat(server.complaints()).isEmpty();
        assertThat(server.mostWeight()).isLessThanOrEqualTo(VenueServer.ALLOWED_WEIGHT);
        System.out.printf(
                "hour of faults: %d records from %d messages on %d connections, %d requests refused, most weight %.0f%n",
                driver.records().size(), server.sent(), server.connections(), server.refused(), server.mostWeight());
    }

    /** Minutes in which prices move, accounts trade and now and then one is liquidated. */
    private void trade(int minutes) throws InterruptedException {
        driver.run(minutes * MINUTE, STEP, () -> {
            List<ObjectNode> trades = new ArrayList<>();
            server.happen(() -> {
                state.movePrices();
                trades.addAll(state.trade(random.nextInt(3), clock.millis()));
                if (random.nextInt(60) == 0) {
                    trades.addAll(state.liquidate(clock.millis()));
                }
            });
            server.publish(trades);
        });
    }

    private void assertLiquidations() {
        assertThat(state.liquidations).hasSizeGreaterThan(20);
        Map<String, Integer> reports = new LinkedHashMap<>();
        for (TaskDriver.Read read : driver.of(Topics.LIQUIDATIONS)) {
            Liquidation liquidation = (Liquidation) read.value();
            assertThat(liquidation.getCensored()).isTrue();
            reports.merge(
                    liquidation.getAccount() + " " + liquidation.getSymbol() + " " + liquidation.getTradeId(),
                    1,
                    Integer::sum);
        }
        assertThat(reports.keySet()).containsExactlyInAnyOrderElementsOf(state.liquidations);
        // At most once from each party.
        assertThat(reports.values()).allMatch(count -> count <= 2);
        assertThat(reports.values()).describedAs("seen by both parties").contains(2);
    }

    private void assertStatus() {
        FeedStatus last = HourOfFaults.assertStatus(driver, Set.of(FeedState.values()));
        assertThat(last.getMarkets()).isEqualTo(3);
        assertThat(last.getAccounts()).isEqualTo(ACCOUNTS + 2);
        assertThat(last.getGaps()).isEqualTo(last.getConnections() - 1).isGreaterThan(5);
    }
}
