package io.plimsoll.benchmarks;

import java.util.function.DoubleUnaryOperator;

/**
 * The highest load that a monitor bears for long: what works off a backlog shares the machine with nobody who writes it, so
 * the rate found there is tried live, and lowered until the monitor stays no further behind than it may.
 */
final class SustainedLoad {

    /** A monitor that keeps up has worked off what was sent within this time of the last record. */
    private static final double MOST_BEHIND_SECONDS = 1;

    private static final double STEP = 0.85;
    private static final int MOST_STEPS = 20;

    private SustainedLoad() {}

    /**
     * Records per second.
     *
     * @param rate to begin at; may be too high
     * @param send sends at a rate for long enough that a second is little against it, and gives the rate that it came to
     * @param awaitWorkedOff returns when the monitor has worked off all that was sent
     */
    static double find(double rate, DoubleUnaryOperator send, Runnable awaitWorkedOff) {
        double next = rate;
        for (int step = 0; step < MOST_STEPS; step++) {
            double sent = send.applyAsDouble(next);
            long end = System.nanoTime();
            awaitWorkedOff.run();
            if ((System.nanoTime() - end) / 1e9 <= MOST_BEHIND_SECONDS) {
                return sent;
            }
            next = Math.min(next, sent) * STEP;
        }
        throw new IllegalStateException("the monitor does not keep up with " + (long) next + " records/s either");
    }
}
