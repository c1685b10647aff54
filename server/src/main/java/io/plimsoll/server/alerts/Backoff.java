package io.plimsoll.server.alerts;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: each up to twice as long as the one before, to a limit, and spread at random over its upper half
 * so that several do not come at once.
 */
final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private final long firstMs;
    private final long mostMs;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.firstMs = first.toMillis();
        this.mostMs = most.toMillis();
        this.random = random;
    }

    /** The next pause. */
    Duration next() {
        long wholeMs = Math.min(mostMs, firstMs << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return Duration.ofMillis(wholeMs / 2 + random.nextLong(wholeMs / 2 + 1));
    }

    /** An attempt went well. */
    void reset() {
        failures = 0;
    }
}
