package io.plimsoll.connectors.feed;

import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: each bound is twice the one before, up to a longest, and the time itself is drawn
 * evenly from its upper half, so that many clients that were cut together do not come back together.
 */
public final class Backoff {

    private final long firstMs;
    private final long longestMs;
    private final RandomGenerator random;

    private long boundMs;

    public Backoff(long firstMs, long longestMs, RandomGenerator random) {
        if (firstMs <= 0 || longestMs < firstMs) {
            throw new IllegalArgumentException("waiting times from " + firstMs + " to " + longestMs + " ms");
        }
        this.firstMs = firstMs;
        this.longestMs = longestMs;
        this.random = random;
        this.boundMs = firstMs;
    }

    /** How long to wait before the next attempt, milliseconds. */
    public long nextMs() {
        long half = boundMs / 2;
        long wait = half + random.nextLong(boundMs - half + 1);
        boundMs = Math.min(longestMs, 2 * boundMs);
        return wait;
    }

    /** An attempt has succeeded: the next waiting time is a first one. */
    public void succeeded() {
        boundMs = firstMs;
    }
}
