package io.plimsoll.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of the stream of states for all readers who may see the same. The first reader whose turn it is makes the next one, in
 * his own name where others are asked; the others take what he made. Without readers nothing is done.
 */
final class StateRounds {

    private final UnaryOperator<StateRound> maker;
    private final long everyNs;
    private final LongSupplier nanoTime;
    private StateRound newest = StateRound.NONE;
    private @Nullable Problem trouble;
    private long madeNs;

    /**
     * Rounds.
     *
     * @param maker makes a round of the one before; a problem where it cannot
     * @param every least time from one round to the next
     */
    StateRounds(UnaryOperator<StateRound> maker, Duration every, LongSupplier nanoTime) {
        this.maker = maker;
        this.everyNs = every.toNanos();
        this.nanoTime = nanoTime;
        this.madeNs = nanoTime.getAsLong() - everyNs;
    }

    /**
     * The newest round, made now where it is time.
     *
     * @throws Problem where it could not be made; it is tried again when it is time for the next
     */
    synchronized StateRound newest() {
        long nowNs = nanoTime.getAsLong();
        if (nowNs - madeNs >= everyNs) {
            madeNs = nowNs;
            try {
                newest = maker.apply(newest);
                trouble = null;
            } catch (Problem problem) {
                trouble = problem;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
        return newest;
    }

    /** Time until the next round, milliseconds, at least 1. */
    synchronized long dueInMs() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(madeNs + everyNs - nanoTime.getAsLong()) + 1);
    }
}
