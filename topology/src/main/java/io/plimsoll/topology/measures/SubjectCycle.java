package io.plimsoll.topology.measures;

import io.plimsoll.risk.cycle.MarketAtHour;
import io.plimsoll.risk.cycle.SubjectHour;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MeasureSample;
import io.plimsoll.topology.avro.SubjectMarket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The markets of one subject by the hour, and what they came to together in the hours before. */
final class SubjectCycle {

    private static final long NONE = Long.MIN_VALUE;

    /** A market that is silent for longer is taken to be gone, hours. */
    private static final int SILENT_HOURS = 24;

    private final String subject;
    private final Ring hours = new Ring(Grid.HOURS);
    private final Map<String, SubjectMarket> markets = new TreeMap<>();
    private long newestMs = NONE;

    SubjectCycle(String subject) {
        this.subject = subject;
    }

    /** Puts in a stored market. */
    void restore(SubjectMarket market) {
        newestMs = Math.max(newestMs, market.getNewest().getHour() * Grid.HOURS.stepMs());
        markets.put(market.getNewest().getMarket(), market);
    }

    /** Puts in a stored hour. */
    void restore(MeasureSample hour) {
        hours.restore(hour);
    }

    /** Takes a market's newest hour; null where a newer one is known. */
    @Nullable
    SubjectMarket take(MarketHour hour) {
        SubjectMarket before = markets.get(hour.getMarket());
        if (before != null && before.getNewest().getHour() > hour.getHour()) {
            return null;
        }
        SubjectMarket market = new SubjectMarket(subject, hour, before == null ? null : before.getCounted());
        restore(market);
        return market;
    }

    /** Beginning of the newest hour that markets have told of and that is not judged; {@link Long#MIN_VALUE}: there is none. */
    long pendingMs() {
        return newestMs > hours.newestMs() ? newestMs : NONE;
    }

    /** Adds the markets up as of an hour. */
    MeasureSample add(long hourMs) {
        long hour = hourMs / Grid.HOURS.stepMs();
        List<SubjectHour.Step> steps = new ArrayList<>();
        markets.values().stream()
                .filter(market -> isHeard(market, hour))
                .forEach(market -> steps.add(
                        new SubjectHour.Step(read(market.getCounted()), MarketHours.read(market.getNewest()))));
        return hours.put(hourMs, values(levels().next(hour, steps)));
    }

    /** Notes that the markets as they are have been added up, and forgets those that are gone. Returns these. */
    List<SubjectMarket> settle(long hourMs) {
        long hour = hourMs / Grid.HOURS.stepMs();
        List<SubjectMarket> gone = markets.values().stream()
                .filter(market -> !isHeard(market, hour))
                .toList();
        gone.forEach(market -> markets.remove(market.getNewest().getMarket()));
        markets.replaceAll((name, market) -> new SubjectMarket(subject, market.getNewest(), market.getNewest()));
        return gone;
    }

    Iterable<SubjectMarket> markets() {
        return markets.values();
    }

    /** Markets that were added up in the hour judged last, count. */
    int judgedMarkets() {
        return (int) markets.values().stream()
                .filter(market -> market.getCounted() != null)
                .count();
    }

    /** A series by the hour. */
    double[] hours(Series series) {
        return hours.values(series);
    }

    /** Whether an hour was judged. */
    boolean isJudged() {
        return hours.newestMs() != NONE;
    }

    /** Where an hour's row is stored. */
    int place(MeasureSample hour) {
        return hours.place(hour.getBucket());
    }

    private static boolean isHeard(SubjectMarket market, long hour) {
        return market.getNewest().getHour() >= hour - SILENT_HOURS;
    }

    private static @Nullable MarketAtHour read(@Nullable MarketHour hour) {
        return hour == null ? null : MarketHours.read(hour);
    }

    /** The newest known levels of what is chained. */
    private SubjectHour levels() {
        SubjectHour none = SubjectHour.NONE;
        return new SubjectHour(
                newest(Series.OPEN_INTEREST),
                newest(Series.VENUE_OPEN_INTEREST),
                none.leverage(),
                none.basis(),
                none.funding(),
                none.skew(),
                newest(Series.DEPTH_USD),
                none.forcedUsd(),
                none.markets());
    }

    private double newest(Series series) {
        double[] values = hours.values(series);
        for (int i = values.length - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    private static double[] values(SubjectHour hour) {
        double[] values = new double[Series.values().length];
        Arrays.fill(values, Double.NaN);
        values[Series.DEPTH_USD.ordinal()] = hour.depth();
        values[Series.VENUE_OPEN_INTEREST.ordinal()] = hour.venueOpenInterest();
        values[Series.OPEN_INTEREST.ordinal()] = hour.openInterest();
        values[Series.LEVERAGE.ordinal()] = hour.leverage();
        values[Series.BASIS.ordinal()] = hour.basis();
        values[Series.FUNDING.ordinal()] = hour.funding();
        values[Series.SKEW.ordinal()] = hour.skew();
        values[Series.FORCED_USD.ordinal()] = hour.forcedUsd();
        return values;
    }
}
