package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionPartsTest {

    @Test
    void shouldWaitTwiceAsLongEachTimeUpToTheLongest() {
        long seed = 5;
        Backoff backoff = new Backoff(500, 30_000, new Random(seed));

        for (long bound : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            assertThat(backoff.nextMs())
                    .describedAs("wait bounded by %d ms, seed %d", bound, seed)
                    .isBetween(bound / 2, bound);
        }
        backoff.succeeded();
        assertThat(backoff.nextMs()).isLessThanOrEqualTo(500);
    }

    @Test
    void shouldNotBringClientsBackTogether() {
        Set<Long> waits = new HashSet<>();

        for (int client = 0; client < 100; client++) {
            waits.add(new Backoff(30_000, 30_000, new Random(client)).nextMs());
        }

        assertThat(waits).hasSizeGreaterThan(90);
    }

    @Test
    void shouldPingAtIntervalsAndGiveUpASilentConnection() {
        Heartbeat heartbeat = new Heartbeat(20_000, 45_000);
        heartbeat.start(0);

        assertThat(heartbeat.pingDue(19_999)).isFalse();
        assertThat(heartbeat.pingDue(20_000)).isTrue();
        assertThat(heartbeat.pingDue(20_001)).isFalse();
        assertThat(heartbeat.isSilent(44_999)).isFalse();
        assertThat(heartbeat.isSilent(45_000)).isTrue();
        heartbeat.heard(45_000);
        assertThat(heartbeat.isSilent(89_999)).isFalse();
    }

    @Test
    void shouldRefuseToGiveUpBeforeAPingCouldBeAnswered() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Heartbeat(20_000, 20_000));
    }

    @Test
    void shouldGiveEveryNameToExactlyOneTask() {
        Integer[] held = {0, 0, 0, 0, 0, 0, 0};
        for (int i = 0; i < 7_000; i++) {
            String name = "0x" + Integer.toHexString(i * 7919);
            int holders = 0;
            for (int task = 0; task < held.length; task++) {
                if (new Slice(task, held.length).holds(name)) {
                    held[task]++;
                    holders++;
                }
            }
            assertThat(holders).isEqualTo(1);
        }

        assertThat(held)
                .describedAs("names by task")
                .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }
}
