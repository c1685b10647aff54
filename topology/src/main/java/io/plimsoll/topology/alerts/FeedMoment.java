package io.plimsoll.topology.alerts;

import org.jspecify.annotations.Nullable;

/**
 * How an input feed comes, the records of one topic and venue.
 *
 * @param asOfMs event time of its newest record, epoch milliseconds
 * @param lastReadMs wall-clock time when its last record was read, epoch milliseconds
 * @param live whether its newest record was new when it was read; false where history is replayed
 * @param skewMs event time of its newest record less the clock when it was read, ms; positive: ahead of the clock
 * @param countedMs wall-clock time over which records were counted, ms, 0 to 60,000; shorter after a start
 * @param records records read in that time, dead letters too, count
 * @param deadLetters of these, those that could not be used, count
 * @param frozenMarkets markets whose newest depth or price stands still, count; null: not looked at
 * @param crossedMarkets markets whose newest depth has orders where they cannot be, or whose mark and index cannot both
 *     be, count; null: not looked at
 */
public record FeedMoment(
        long asOfMs,
        long lastReadMs,
        boolean live,
        long skewMs,
        long countedMs,
        long records,
        long deadLetters,
        @Nullable Integer frozenMarkets,
        @Nullable Integer crossedMarkets) {}
