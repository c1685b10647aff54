package io.plimsoll.risk.episode;

import io.plimsoll.risk.MicroUsd;

/**
 * What was forced to trade within a minute of event time, or within several. Sums are whole micro-dollars, so that they
 * are the same in any order; a sum beyond 9.2e12 USD stays there.
 *
 * @param longMicroUsd longs closed by force, millionths of a US dollar, >= 0
 * @param shortMicroUsd shorts closed by force, millionths of a US dollar, >= 0
 * @param liquidations liquidations begun in it, count
 * @param trades trades counted, each once, count
 * @param largestMicroUsd largest liquidation within one minute, millionths of a US dollar
 * @param withoutId of the trades, those without an id, count: another report of one of them would count again
 * @param duplicates reports of trades that were counted already, count; they are in no other number
 * @param otherSides of the duplicates, those that name the other side, count
 * @param censored true where a feed is known to leave liquidations out: all sums are lower bounds
 * @param firstMs event time of the first trade, epoch milliseconds; Long.MAX_VALUE where there is none
 * @param lastMs event time of the last trade, epoch milliseconds; Long.MIN_VALUE where there is none
 */
public record ForcedMinute(
        long longMicroUsd,
        long shortMicroUsd,
        int liquidations,
        int trades,
        long largestMicroUsd,
        int withoutId,
        int duplicates,
        int otherSides,
        boolean censored,
        long firstMs,
        long lastMs) {

    /** Nothing at all. */
    public static final ForcedMinute NONE =
            new ForcedMinute(0, 0, 0, 0, 0, 0, 0, 0, false, Long.MAX_VALUE, Long.MIN_VALUE);

    private static final long MINUTE_MS = 60_000;

    public ForcedMinute {
        if (longMicroUsd < 0 || shortMicroUsd < 0 || largestMicroUsd < 0) {
            throw new IllegalArgumentException("forced volume is " + longMicroUsd + " long and " + shortMicroUsd
                    + " short, largest " + largestMicroUsd + ", allowed is 0 or more");
        }
    }

    /** The number of the minute that an event time lies in, counted from the epoch. */
    public static long minuteOf(long eventTimeMs) {
        return Math.floorDiv(eventTimeMs, MINUTE_MS);
    }

    /** When a minute begins, epoch milliseconds. */
    public static long startMs(long minute) {
        return minute * MINUTE_MS;
    }

    /** Both sides, millionths of a US dollar; a trade is in one of them only. */
    public long microUsd() {
        return capped(longMicroUsd, shortMicroUsd);
    }

    /** Both sides, US dollars. */
    public double usd() {
        return MicroUsd.toUsd(microUsd());
    }

    /** Two tallies together; which is first makes no difference. */
    public ForcedMinute plus(ForcedMinute other) {
        return new ForcedMinute(
                capped(longMicroUsd, other.longMicroUsd),
                capped(shortMicroUsd, other.shortMicroUsd),
                liquidations + other.liquidations,
                trades + other.trades,
                Math.max(largestMicroUsd, other.largestMicroUsd),
                withoutId + other.withoutId,
                duplicates + other.duplicates,
                otherSides + other.otherSides,
                censored || other.censored,
                Math.min(firstMs, other.firstMs),
                Math.max(lastMs, other.lastMs));
    }

    /** The sum of two amounts that are not negative, no more than a long can hold. */
    public static long capped(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
