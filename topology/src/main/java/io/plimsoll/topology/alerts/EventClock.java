package io.plimsoll.topology.alerts;

/**
 * Event time of one task. While it is read live it goes on at the pace of the wall clock where nothing comes; while old
 * records are read it stands still between them.
 */
final class EventClock {

    /** How old a record may be that is live, unless it waits for something. */
    static final long LIVE_MS = 60_000;

    private final long liveMs;
    private long newestMs = Long.MIN_VALUE;
    private long readAtMs;

    EventClock() {
        this(LIVE_MS);
    }

    /** @param liveMs how old a record may be, by the wall clock, that is live */
    EventClock(long liveMs) {
        this.liveMs = liveMs;
    }

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
        return isKnown() && readAtMs - newestMs <= liveMs;
    }

    /** What event time is taken to be now. */
    long timeMs(long nowMs) {
        return isLive() ? newestMs + Math.max(0, nowMs - readAtMs) : newestMs;
    }
}
