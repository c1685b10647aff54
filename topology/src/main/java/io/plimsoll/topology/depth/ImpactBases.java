package io.plimsoll.topology.depth;

import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.avro.UsedBand;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The impact of forced trades in a market as a record: chosen once, where depth and volume are known, and the same wherever
 * the record is read.
 */
public final class ImpactBases {

    private ImpactBases() {}

    /**
     * Chooses, as {@link MarketImpact#of} does, and writes down what is used.
     *
     * @param newest the newest depth
     * @param lastGood the last that was whole; null where none was
     * @param dayVolume volume of 24 hours in the unit of positions; null where not reported
     */
    public static ImpactBasis choose(
            UsableDepth newest, @Nullable UsableDepth lastGood, @Nullable Double dayVolume, double dailyVolatility) {
        MarketImpact impact = MarketImpact.of(newest, lastGood, dayVolume, dailyVolatility);
        MarketImpact.Source source = impact == null ? null : impact.source();
        UsableDepth used = used(source, newest, lastGood);
        return new ImpactBasis(
                source == null ? null : source.name(),
                newest.state().name(),
                newest.leftOut(),
                used.timeMs(),
                written(used.bids()),
                written(used.asks()),
                source == MarketImpact.Source.DAY_VOLUME ? dayVolume : null,
                dailyVolatility);
    }

    private static UsableDepth used(
            MarketImpact.@Nullable Source source, UsableDepth newest, @Nullable UsableDepth lastGood) {
        if (source == null) {
            return UsableDepth.NONE;
        }
        return switch (source) {
            case DEPTH -> newest;
            case LAST_GOOD_DEPTH -> Objects.requireNonNull(lastGood);
            case DAY_VOLUME -> UsableDepth.NONE;
        };
    }

    /** The impact that was chosen; null where nothing was known. */
    public static @Nullable MarketImpact impact(ImpactBasis basis) {
        MarketImpact.Source source = source(basis);
        if (source == null) {
            return null;
        }
        UsableDepth used = used(basis);
        return switch (source) {
            case DEPTH -> MarketImpact.of(used, null, null, basis.getDailyVolatility());
            case DAY_VOLUME ->
                MarketImpact.of(UsableDepth.NONE, null, basis.getDayVolume(), basis.getDailyVolatility());
            case LAST_GOOD_DEPTH -> MarketImpact.of(UsableDepth.NONE, used, null, basis.getDailyVolatility());
        };
    }

    /** The newest depth, where it is what impact is taken from; null where it could not be believed. */
    public static @Nullable UsableDepth depth(ImpactBasis basis) {
        return source(basis) == MarketImpact.Source.DEPTH ? used(basis) : null;
    }

    private static UsableDepth used(ImpactBasis basis) {
        return new UsableDepth(
                DepthState.LIVE, basis.getDepthTimeMs(), read(basis.getBids()), read(basis.getAsks()), 0);
    }

    /** Where it comes from; null where nothing was known. */
    public static MarketImpact.@Nullable Source source(ImpactBasis basis) {
        String name = basis.getSource();
        return name == null ? null : MarketImpact.Source.valueOf(name);
    }

    private static List<UsedBand> written(List<UsableDepth.Level> levels) {
        return levels.stream()
                .map(level -> new UsedBand(level.distance(), level.quantity()))
                .toList();
    }

    private static List<UsableDepth.Level> read(List<UsedBand> bands) {
        return bands.stream()
                .map(band -> new UsableDepth.Level(band.getDistance(), band.getQuantity()))
                .toList();
    }
}
