package io.plimsoll.risk.episode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Finds episodes in forced volume by minute.
 *
 * <p>With V(m) the forced volume of minute m, S(m) that of the window's W minutes up to and with m, and B(m) the
 * {@link Background} per minute: an episode begins when S(m) >= T = max(floor, multiple x W x B(m)). T is kept as it was
 * then. A minute is busy where V >= T / W; the episode reaches from the first busy minute of that window to the last one
 * before {@code quietMinutes} without any. A minute belongs to one episode at most.
 *
 * <p>The answer depends on the minutes alone, not on the order in which they came to be known.
 *
 * <p>Source: our own; the two-fold threshold is that of a burst detector (a multiple of the usual, and a floor so that
 * little after nothing is no burst). Limits: it is found only once it is on; its start is known to a minute; on feeds
 * that leave liquidations out both its volume and its background are lower bounds, and an episode may be missed.
 */
public final class CascadeEpisodes {

    private CascadeEpisodes() {}

    /**
     * The episodes, oldest first.
     *
     * @param minutes forced volume by number of the minute; minutes without any may be left out
     * @param knownSinceMinute the first minute of which something is known; hours from then on count for the background
     * @param nowMs event time up to which the minutes are complete, epoch milliseconds
     */
    public static List<CascadeEpisode> find(
            NavigableMap<Long, ForcedMinute> minutes, long knownSinceMinute, CascadeThresholds thresholds, long nowMs) {
        List<CascadeEpisode> episodes = new ArrayList<>();
        Background background = new Background(minutes, knownSinceMinute, thresholds.backgroundHours());
        long floor = thresholds.floorMicroUsd();
        long takenUpTo = Long.MIN_VALUE;
        OpenEpisode open = null;
        for (Map.Entry<Long, ForcedMinute> entry : minutes.entrySet()) {
            long minute = entry.getKey();
            if (open != null && minute >= open.overMinute()) {
                episodes.add(open.episode(true));
                takenUpTo = open.endMinute();
                open = null;
            }
            if (open != null) {
                open.take(minute, entry.getValue());
                continue;
            }
            NavigableMap<Long, ForcedMinute> window =
                    minutes.subMap(Math.max(takenUpTo, minute - thresholds.windowMinutes()), false, minute, true);
            long sum = sum(window);
            if (sum >= floor) {
                long threshold = Math.max(floor, scaled(background.before(minute), thresholds));
                if (sum >= threshold) {
                    open = new OpenEpisode(window, threshold, background, thresholds);
                }
            }
        }
        if (open != null) {
            episodes.add(open.episode(nowMs >= ForcedMinute.startMs(open.overMinute())));
        }
        return episodes;
    }

    private static long sum(NavigableMap<Long, ForcedMinute> window) {
        long sum = 0;
        for (ForcedMinute minute : window.values()) {
            sum = ForcedMinute.capped(sum, minute.microUsd());
        }
        return sum;
    }

    private static long scaled(Background background, CascadeThresholds thresholds) {
        return Math.round(thresholds.multiple() * thresholds.windowMinutes() * background.microUsdPerMinute());
    }
}
