package io.plimsoll.benchmarks;

/** Event times that rise and stay close to the wall clock. */
final class EventClock {

    /** Backlogs may be worked off faster than their event time goes: the broker complains of records from the future. */
    private static final double BEHIND_MS = 15_000;

    private double lastMs;

    /** Sets the clock so that a backlog of that length ends shortly before now. */
    void startBacklog(double seconds) {
        lastMs = Math.max(lastMs, System.currentTimeMillis() - seconds * 1_000 - BEHIND_MS);
    }

    /** The time of the next record at that rate. */
    long next(double perSecond) {
        lastMs += 1_000 / perSecond;
        return (long) lastMs;
    }

    /** Wall-clock time, not before any time given earlier. */
    long now() {
        lastMs = Math.max(lastMs, System.currentTimeMillis());
        return (long) lastMs;
    }

    /** The newest time given. */
    long last() {
        return (long) lastMs;
    }
}
