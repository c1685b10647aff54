package io.plimsoll.topology.intake;

import io.plimsoll.topology.avro.WatchedPrice;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Since when a perpetual's or a future's mark and index have been what they are, in event time.
 *
 * @param mark mark price, quote units, > 0
 * @param markSinceMs event time of the first report of it, epoch milliseconds
 * @param index index price in the newest report, quote units, > 0; null: none
 * @param indexSinceMs event time of the first report of it, epoch milliseconds
 * @param markThen mark price in that report, quote units
 * @param timeMs event time of the newest report, epoch milliseconds
 */
record QuotedPrice(
        double mark, long markSinceMs, @Nullable Double index, long indexSinceMs, double markThen, long timeMs) {

    /** For so long a price that is reported again and again may be the same. */
    static final long FROZEN_MS = Duration.ofMinutes(10).toMillis();

    /** So far the mark must have moved, in ln(price), that an index stands still beside it. */
    static final double FROZEN_MOVE = 0.005;

    /** So far mark and index may be apart, as one over the other. */
    static final double CROSSED_RATIO = 2;

    /** A standstill is remembered beyond a restart once it has lasted for so long. */
    private static final long KEPT_FROM_MS = Duration.ofMinutes(1).toMillis();

    static QuotedPrice first(double mark, @Nullable Double index, long eventTimeMs) {
        return new QuotedPrice(mark, eventTimeMs, index, eventTimeMs, mark, eventTimeMs);
    }

    /** What the store knows; null where nothing stood still. */
    static @Nullable QuotedPrice of(WatchedPrice kept) {
        return kept.getMarkPrice() == 0
                ? null
                : new QuotedPrice(
                        kept.getMarkPrice(),
                        kept.getMarkSinceMs(),
                        kept.getIndexPrice(),
                        kept.getIndexSinceMs(),
                        kept.getMarkThen(),
                        kept.getTimeMs());
    }

    /** After another report; one that is older than the newest changes nothing. */
    QuotedPrice after(double nextMark, @Nullable Double nextIndex, long eventTimeMs) {
        if (eventTimeMs < timeMs) {
            return this;
        }
        boolean sameMark = nextMark == mark;
        boolean sameIndex = Objects.equals(nextIndex, index);
        return new QuotedPrice(
                nextMark,
                sameMark ? markSinceMs : eventTimeMs,
                nextIndex,
                sameIndex ? indexSinceMs : eventTimeMs,
                sameIndex ? markThen : nextMark,
                eventTimeMs);
    }

    /** Whether the mark is what it was long ago, or the index though the mark has moved since. */
    boolean isFrozen() {
        return timeMs - markSinceMs >= FROZEN_MS
                || index != null
                        && timeMs - indexSinceMs >= FROZEN_MS
                        && Math.abs(Math.log(mark / markThen)) >= FROZEN_MOVE;
    }

    /** Whether one of mark and index cannot be a price of this market. */
    boolean isCrossed() {
        return index != null && (mark > CROSSED_RATIO * index || index > CROSSED_RATIO * mark);
    }

    /** What must outlive a restart. */
    WatchedPrice kept() {
        boolean still = timeMs - markSinceMs >= KEPT_FROM_MS || index != null && timeMs - indexSinceMs >= KEPT_FROM_MS;
        return still || isCrossed()
                ? new WatchedPrice(mark, markSinceMs, index, indexSinceMs, markThen, timeMs)
                : new WatchedPrice(0.0, 0L, null, 0L, 0.0, 0L);
    }

    /** Whether what must outlive a restart is another than of a report before. */
    boolean isOtherThan(QuotedPrice before) {
        return isFrozen() != before.isFrozen()
                || isCrossed() != before.isCrossed()
                || stillFrom() != before.stillFrom();
    }

    /** Event time from which a price that has stood still for a while has done so; the latest where none has. */
    private long stillFrom() {
        long markFrom = timeMs - markSinceMs >= KEPT_FROM_MS ? markSinceMs : Long.MAX_VALUE;
        long indexFrom = index != null && timeMs - indexSinceMs >= KEPT_FROM_MS ? indexSinceMs : Long.MAX_VALUE;
        return Math.min(markFrom, indexFrom);
    }
}
