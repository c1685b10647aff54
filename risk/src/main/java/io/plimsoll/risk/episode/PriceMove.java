package io.plimsoll.risk.episode;

import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * How a market's price went through an episode.
 *
 * @param start last price before its first minute, or the first in it where none is known from the hour before; quote
 *     units per base unit
 * @param extreme lowest price where longs were forced more, highest where shorts were; quote units per base unit
 * @param end last price of its last minute, or the last before; quote units per base unit
 * @param stalenessMs the larger of the ages that the first and the last price had when the episode began and ended,
 *     milliseconds, >= 0
 */
public record PriceMove(double start, double extreme, double end, long stalenessMs) {

    private static final long HOUR = 60;

    /** The move; null where no price is known from the hour before the episode, or from its time. */
    public static @Nullable PriceMove of(CascadeEpisode episode, NavigableMap<Long, PriceMinute> prices) {
        long startMinute = episode.startMinute();
        Map.Entry<Long, PriceMinute> before = prices.lowerEntry(startMinute);
        NavigableMap<Long, PriceMinute> during = prices.subMap(startMinute, true, episode.endMinute(), true);
        boolean hasBefore = before != null && before.getKey() >= startMinute - HOUR;
        if (!hasBefore && during.isEmpty()) {
            return null;
        }
        PriceMinute earliest =
                hasBefore ? before.getValue() : during.firstEntry().getValue();
        PriceMinute latest = during.isEmpty() ? earliest : during.lastEntry().getValue();
        double start = hasBefore ? earliest.last() : earliest.first();
        long startTimeMs = hasBefore ? earliest.lastMs() : earliest.firstMs();
        double extreme = start;
        for (PriceMinute minute : during.values()) {
            extreme = episode.isDown() ? Math.min(extreme, minute.lowest()) : Math.max(extreme, minute.highest());
        }
        return new PriceMove(
                start,
                extreme,
                latest.last(),
                Math.max(age(episode.startMs(), startTimeMs), age(episode.endMs(), latest.lastMs())));
    }

    private static long age(long atMs, long priceTimeMs) {
        return Math.max(0, atMs - priceTimeMs);
    }
}
