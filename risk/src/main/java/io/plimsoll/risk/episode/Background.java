package io.plimsoll.risk.episode;

import java.util.Arrays;
import java.util.NavigableMap;

/**
 * What is usual in a market: the median over the whole hours before, of what was forced within each.
 *
 * <p>The median, since one hour of cascade must not hide the next one, as it would in a mean; but half a day on a higher
 * level does become the usual. Hours without any liquidation count as 0 from when the market is known.
 */
final class Background {

    private static final int MINUTES = 60;

    private final NavigableMap<Long, ForcedMinute> minutes;
    private final long firstWholeHour;
    private final int most;
    private long hour = Long.MIN_VALUE;
    private int hours;
    private double microUsdPerMinute;

    Background(NavigableMap<Long, ForcedMinute> minutes, long knownSinceMinute, int most) {
        this.minutes = minutes;
        this.firstWholeHour = Math.floorDiv(knownSinceMinute, MINUTES) + 1;
        this.most = most;
    }

    /** Goes to the hours before a minute. */
    Background before(long minute) {
        long its = Math.floorDiv(minute, MINUTES);
        if (its != hour) {
            hour = its;
            hours = (int) Math.max(0, Math.min(most, its - firstWholeHour));
            microUsdPerMinute = median() / MINUTES;
        }
        return this;
    }

    /** Hours that it is taken from, count; 0: nothing is known of the past. */
    int hours() {
        return hours;
    }

    /** Millionths of a US dollar per minute; 0 where nothing is known of the past. */
    double microUsdPerMinute() {
        return microUsdPerMinute;
    }

    private double median() {
        if (hours == 0) {
            return 0;
        }
        long[] sums = new long[hours];
        long first = hour - hours;
        minutes.subMap(first * MINUTES, true, hour * MINUTES, false).forEach((minute, forced) -> {
            int at = (int) (Math.floorDiv(minute, MINUTES) - first);
            sums[at] = ForcedMinute.capped(sums[at], forced.microUsd());
        });
        Arrays.sort(sums);
        return (sums[(hours - 1) / 2] / 2.0) + (sums[hours / 2] / 2.0);
    }
}
