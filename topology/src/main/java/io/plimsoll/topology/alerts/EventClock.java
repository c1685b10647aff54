package io.plimsoll.topology.alerts;

/**
 * Event time of one task. While it is read live it goes on at the pace of the wall clock where nothing comes; while old
 * records are read it stands still between them.
 */
final class EventClock {

    /** How old a record may be, by the wall clock, that is live. */
    static final long LIVE_MS = 60_000;

    private long newestMs = Long.MIN_VALUE;
    private long readAtMs;

    void read(long eventTimeMs, long nowMs) {
        if (eventTimeMs >= newestMs) {
            newestMs = eventTimeMs;
            readAtMs = nowMs;
        }
    }

    boolean isKnown() {
        return newestMs != Long.MIN_VALUE;
    }

    boolean isLive() {
        return isKnown() && readAtMs - newestMs <= LIVE_MS;
    }

    /** What event time is taken to be now. */
    long timeMs(long nowMs) {
        return isLive() ? newestMs + Math.max(0, nowMs - readAtMs) : newestMs;
    }
}
