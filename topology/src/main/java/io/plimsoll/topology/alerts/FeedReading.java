package io.plimsoll.topology.alerts;

import org.jspecify.annotations.Nullable;

/**
 * How an input feed does, the records of one topic and venue. NaN is what is not known, or what the feed does not have.
 *
 * @param silenceMs wall-clock time since its last record was read, ms, >= 0; not known where that was old
 * @param stalenessMs event time of the newest record of any feed less that of this one's, ms, >= 0
 * @param skewMs event time of its newest record less the clock when it was read, ms; positive: ahead of the clock
 * @param frozenMarkets markets whose newest depth or price stands still, count
 * @param crossedMarkets markets whose newest depth has orders where they cannot be, or whose mark and index cannot both
 *     be, count
 * @param deadLetterShare share of its newest records that could not be used, 0 to 1
 */
public record FeedReading(
        double silenceMs,
        double stalenessMs,
        double skewMs,
        double frozenMarkets,
        double crossedMarkets,
        double deadLetterShare) {

    static final MetricGroup<FeedReading> METRICS = new MetricGroup<FeedReading>("any input topic")
            .add(
                    "silenceMs",
                    Unit.MILLISECONDS,
                    "",
                    "Wall-clock time since its last record was read.",
                    FeedReading::silenceMs)
            .add(
                    "stalenessMs",
                    Unit.MILLISECONDS,
                    "",
                    "How far its newest record is behind the newest of any feed.",
                    FeedReading::stalenessMs)
            .add(
                    "skewMs",
                    Unit.MILLISECONDS,
                    "",
                    "How far its newest record is ahead of the clock; negative: behind it.",
                    FeedReading::skewMs)
            .add(
                    "frozenMarkets",
                    Unit.COUNT,
                    "",
                    "Markets whose newest depth or price stands still.",
                    FeedReading::frozenMarkets)
            .add(
                    "crossedMarkets",
                    Unit.COUNT,
                    "",
                    "Markets whose newest depth has orders where they cannot be, or whose mark and index cannot both be.",
                    FeedReading::crossedMarkets)
            .add(
                    "deadLetterShare",
                    Unit.FRACTION,
                    "",
                    "Share of its newest records that could not be used.",
                    FeedReading::deadLetterShare);

    /**
     * What a feed's state at a moment is for rules.
     *
     * @param newestMs event time of the newest record of any live feed
     */
    static FeedReading of(FeedMoment feed, long newestMs, long nowMs) {
        return new FeedReading(
                feed.live() ? Math.max(0, nowMs - feed.lastReadMs()) : Double.NaN,
                Math.max(0, newestMs - feed.asOfMs()),
                feed.skewMs(),
                orNone(feed.frozenMarkets()),
                orNone(feed.crossedMarkets()),
                MetricGroup.share(feed.deadLetters(), feed.records()));
    }

    private static double orNone(@Nullable Integer count) {
        return count == null ? Double.NaN : count;
    }
}
