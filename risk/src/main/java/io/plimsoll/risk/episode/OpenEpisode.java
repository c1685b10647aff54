package io.plimsoll.risk.episode;

import java.util.Map;
import java.util.NavigableMap;

/** An episode as it goes on, minute by minute. */
final class OpenEpisode {

    private final CascadeThresholds thresholds;
    private final long thresholdMicroUsd;
    private final long busyMicroUsd;
    private final double backgroundMicroUsd;
    private final int backgroundHours;

    private long startMinute = Long.MIN_VALUE;
    private long endMinute;
    private long peakMinute;
    private long peakMicroUsd;
    private ForcedMinute forced = ForcedMinute.NONE;
    /** What came after the last busy minute: part of it only if another busy one comes. */
    private ForcedMinute pending = ForcedMinute.NONE;

    /** Begins with the first busy minute of a window; by the pigeonhole principle there is one. */
    OpenEpisode(
            NavigableMap<Long, ForcedMinute> window,
            long thresholdMicroUsd,
            Background background,
            CascadeThresholds thresholds) {
        this.thresholds = thresholds;
        this.thresholdMicroUsd = thresholdMicroUsd;
        this.busyMicroUsd = -Math.floorDiv(-thresholdMicroUsd, thresholds.windowMinutes());
        this.backgroundMicroUsd = background.microUsdPerMinute();
        this.backgroundHours = background.hours();
        for (Map.Entry<Long, ForcedMinute> entry : window.entrySet()) {
            take(entry.getKey(), entry.getValue());
        }
    }

    void take(long minute, ForcedMinute its) {
        boolean busy = its.microUsd() >= busyMicroUsd;
        if (startMinute == Long.MIN_VALUE) {
            if (!busy) {
                return;
            }
            startMinute = minute;
        }
        pending = pending.plus(its);
        if (busy) {
            forced = forced.plus(pending);
            pending = ForcedMinute.NONE;
            endMinute = minute;
            if (its.microUsd() > peakMicroUsd) {
                peakMicroUsd = its.microUsd();
                peakMinute = minute;
            }
        }
    }

    long endMinute() {
        return endMinute;
    }

    /** The first minute that can no longer be part of it. */
    long overMinute() {
        return Math.min(endMinute + thresholds.quietMinutes() + 1, startMinute + thresholds.longestMinutes());
    }

    CascadeEpisode episode(boolean isOver) {
        return new CascadeEpisode(
                startMinute,
                endMinute,
                peakMinute,
                peakMicroUsd,
                forced,
                busyMicroUsd,
                thresholdMicroUsd,
                backgroundMicroUsd,
                backgroundHours,
                ForcedMinute.startMs(overMinute()),
                isOver);
    }
}
