package io.plimsoll.benchmarks;

/** Event times that rise and stay close to the wall clock. */
final class EventClock {

    private double lastMs;

    /** Sets the clock so that a backlog of that length ends about now. */
    void startBacklog(double seconds) {
        lastMs = Math.max(lastMs, System.currentTimeMillis() - seconds * 1_000);
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
