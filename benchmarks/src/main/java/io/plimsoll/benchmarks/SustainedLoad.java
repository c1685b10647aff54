package io.plimsoll.benchmarks;

/**
 * The highest load that a monitor bears for long: what works off a backlog shares the machine with nobody who writes it, so
 * the rate found there is tried live, and lowered until the monitor stays no further behind than it may.
 */
final class SustainedLoad {

    /** A monitor that keeps up has worked off what was sent within this time of the last record. */
    private static final double MOST_BEHIND_SECONDS = 1;

    private static final double STEP = 0.85;
    private static final int MOST_STEPS = 12;

    private SustainedLoad() {}

    /** Records per second, beginning at a rate that may be too high. */
    static double find(MixedLoad load, double perSecond, double seconds) {
        double rate = perSecond;
        for (int step = 0; step < MOST_STEPS; step++) {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            double sent = load.sendUntil(rate, () -> System.nanoTime() >= end);
            load.awaitWorkedOff();
            if ((System.nanoTime() - end) / 1e9 <= MOST_BEHIND_SECONDS) {
                return sent;
            }
            rate = sent * STEP;
        }
        throw new IllegalStateException("the monitor does not keep up with " + (long) rate + " records/s either");
    }
}
