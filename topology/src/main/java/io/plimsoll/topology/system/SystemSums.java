package io.plimsoll.topology.system;

import io.plimsoll.risk.Leverage;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.windows.Sample;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Markets added up, in integers. */
final class SystemSums {

    /** Metrics that are kept in windows, in the order of {@link #sample}. */
    static final List<String> WINDOWED = List.of(
            "openInterestUsd",
            "longNotionalUsd",
            "shortNotionalUsd",
            "longEquityUsd",
            "shortEquityUsd",
            "longLeverage",
            "shortLeverage",
            "leverage",
            "leverageSkew");

    private int markets;
    private int longPositions;
    private int shortPositions;
    private long openInterest;
    private long longNotional;
    private long shortNotional;
    private long longEquity;
    private long shortEquity;
    private int linesCompared;
    private int linesApart;
    private boolean covered;
    private long venueOpenInterest;
    private long coveredLongs;
    private long coveredShorts;
    private long asOfMs = Long.MIN_VALUE;
    private long oldestMs = Long.MAX_VALUE;

    private SystemSums() {}

    static SystemSums of(Collection<MarketSummary> summaries) {
        SystemSums sums = new SystemSums();
        summaries.forEach(sums::add);
        return sums;
    }

    private void add(MarketSummary market) {
        markets++;
        longPositions += market.getLongPositions();
        shortPositions += market.getShortPositions();
        openInterest = Math.addExact(openInterest, market.getOpenInterestMicroUsd());
        longNotional = Math.addExact(longNotional, market.getLongNotionalMicroUsd());
        shortNotional = Math.addExact(shortNotional, market.getShortNotionalMicroUsd());
        longEquity = Math.addExact(longEquity, market.getLongEquityMicroUsd());
        shortEquity = Math.addExact(shortEquity, market.getShortEquityMicroUsd());
        linesCompared += market.getLinesCompared();
        linesApart += market.getLinesApart();
        Long reported = market.getVenueOpenInterestMicroUsd();
        if (reported != null) {
            covered = true;
            venueOpenInterest = Math.addExact(venueOpenInterest, reported);
            coveredLongs = Math.addExact(coveredLongs, market.getLongNotionalMicroUsd());
            coveredShorts = Math.addExact(coveredShorts, market.getShortNotionalMicroUsd());
        }
        asOfMs = Math.max(asOfMs, market.getAsOfMs());
        oldestMs = Math.min(oldestMs, market.getAsOfMs() - market.getStalenessMs());
    }

    long asOfMs() {
        return asOfMs;
    }

    SystemState state(String subject) {
        Double longs = Leverage.of(longNotional, longEquity);
        Double shorts = Leverage.of(shortNotional, shortEquity);
        return new SystemState(
                subject,
                asOfMs,
                asOfMs - oldestMs,
                MarketMeasures.FORMULA_VERSION,
                markets,
                longPositions,
                shortPositions,
                MicroUsd.toUsd(openInterest),
                MicroUsd.toUsd(longNotional),
                MicroUsd.toUsd(shortNotional),
                MicroUsd.toUsd(longEquity),
                MicroUsd.toUsd(shortEquity),
                longs,
                shorts,
                leverage(),
                Leverage.skew(longs, shorts),
                covered ? (Double) MicroUsd.toUsd(venueOpenInterest) : null,
                coverage(coveredLongs),
                coverage(coveredShorts),
                linesCompared,
                linesApart);
    }

    Sample sample() {
        Double longs = Leverage.of(longNotional, longEquity);
        Double shorts = Leverage.of(shortNotional, shortEquity);
        return new Sample(asOfMs, asOfMs - oldestMs, coverage(coveredLongs), coverage(coveredShorts), new double[] {
            MicroUsd.toUsd(openInterest),
            MicroUsd.toUsd(longNotional),
            MicroUsd.toUsd(shortNotional),
            MicroUsd.toUsd(longEquity),
            MicroUsd.toUsd(shortEquity),
            orNone(longs),
            orNone(shorts),
            orNone(leverage()),
            orNone(Leverage.skew(longs, shorts))
        });
    }

    private @Nullable Double leverage() {
        return Leverage.of(Math.addExact(longNotional, shortNotional), Math.addExact(longEquity, shortEquity));
    }

    private @Nullable Double coverage(long observed) {
        return covered && venueOpenInterest > 0 ? (Double) ((double) observed / (double) venueOpenInterest) : null;
    }

    private static double orNone(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
