package io.plimsoll.topology.accounts;

import java.time.Duration;

/**
 * How far a slice has come in event time. Account changes and references reach it by two ways, one of which may be far
 * ahead: the slice has come as far as the one behind, unless that has been silent for a while.
 */
final class SliceProgress {

    private static final long SECOND_MS = 1_000;

    private final long idleMs;
    private long changesMs;
    private long referencesMs;
    private long changedAtMs = Long.MIN_VALUE / 2;
    private long referredAtMs = Long.MIN_VALUE / 2;

    SliceProgress(Duration idle) {
        this.idleMs = idle.toMillis();
    }

    /** True where a change of that time is in a later second than all before: what they made is then reported first. */
    boolean beginsNextSecond(long eventTimeMs) {
        return eventTimeMs / SECOND_MS > changesMs / SECOND_MS;
    }

    /** Notes a record; {@code nowMs} is wall-clock time. */
    void take(boolean isReference, long eventTimeMs, long nowMs) {
        if (isReference) {
            referencesMs = Math.max(referencesMs, eventTimeMs);
            referredAtMs = nowMs;
        } else {
            changesMs = Math.max(changesMs, eventTimeMs);
            changedAtMs = nowMs;
        }
    }

    /** Event time that the slice has come to; {@code nowMs} is wall-clock time. */
    long reachedMs(long nowMs) {
        boolean bothActive = nowMs - changedAtMs < idleMs && nowMs - referredAtMs < idleMs;
        return bothActive ? Math.min(changesMs, referencesMs) : newestMs();
    }

    /** Event time of the newest record. */
    long newestMs() {
        return Math.max(changesMs, referencesMs);
    }
}
