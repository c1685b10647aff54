package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void shouldDoubleToItsLimitAndSpread() {
        Set<Duration> atLimit = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(seed));

            for (long wholeMs : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
                assertThat(backoff.next().toMillis())
                        .describedAs("seed %d", seed)
                        .isBetween(wholeMs / 2, wholeMs);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(backoff.next().toMillis())
                        .describedAs("seed %d", seed)
                        .isBetween(500L, 1_000L);
            }
            atLimit.add(backoff.next());
            backoff.reset();
            assertThat(backoff.next().toMillis()).describedAs("seed %d", seed).isBetween(50L, 100L);
        }
        assertThat(atLimit).hasSizeGreaterThan(10);
    }
}
