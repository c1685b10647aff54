package io.plimsoll.topology;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Keeps work that recurs to a rate: the more a turn made, the later comes the next. What is made comes less often where
 * there is much of it, and what must not wait does not wait for it.
 */
public final class Pace {

    private static final double SECOND_MS = 1_000;

    private final double perSecond;
    private final long longestRestMs;
    private long lastMs = Long.MIN_VALUE;
    private long restMs;

    /**
     * A pace at which nothing has been made.
     *
     * @param perSecond how much is made in a second at most, unless turns would come too seldom
     * @param longestRest between two turns, however much was made
     */
    public Pace(double perSecond, Duration longestRest) {
        this.perSecond = perSecond;
        this.longestRestMs = longestRest.toMillis();
    }

    /**
     * Takes a turn, unless it is too early for one.
     *
     * @param nowMs wall-clock time, milliseconds; where it was set back, the turn is taken
     * @param work makes what is due, and says how much that was
     */
    public void turn(long nowMs, IntSupplier work) {
        if (nowMs >= lastMs && nowMs < lastMs + restMs) {
            return;
        }
        int made = work.getAsInt();
        lastMs = nowMs;
        restMs = Math.min(longestRestMs, Math.round(made * SECOND_MS / perSecond));
    }
}
