package io.plimsoll.connectors.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.CollectedRecords;
import io.plimsoll.schemas.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MarketSimulatorTest {

    private static final long START_MS = 1_767_225_600_000L;

    /** A clock that goes on by 100 ms whenever it is read. */
    private static final class TickingClock extends Clock {

        private long nowMs = START_MS;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            nowMs += 100;
            return Instant.ofEpochMilli(nowMs);
        }
    }

    @Test
    void shouldPublishTheVenueThenItsChangesAndNeverRunAhead() {
        CollectedRecords records = new CollectedRecords();
        TickingClock clock = new TickingClock();
        MarketSimulator simulator = new MarketSimulator(new SimulatorSettings(3, 50, 2, 1), records, clock);

        simulator.runUntil(() -> clock.nowMs > START_MS + 10_000);

        assertThat(records.of(Topics.INSTRUMENTS.name())).hasSize(2);
        assertThat(records.of(Topics.PRICES.name()).size()).isBetween(2 * 36, 2 * 41);
        assertThat(records.all()).allMatch(written -> written.timestampMs() <= clock.nowMs);
        assertThat(records.flushes()).isEqualTo(1);
    }
}
