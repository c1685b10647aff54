package io.plimsoll.topology.episodes;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.episode.CascadeEpisode;
import io.plimsoll.risk.episode.ForcedMinute;
import io.plimsoll.risk.episode.PriceMove;
import io.plimsoll.schemas.avro.CascadeMarket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes episodes as records of the contract. */
final class EpisodeRecords {

    private static final double MS_PER_SECOND = 1_000;
    private static final double MICRO = 1e6;

    private EpisodeRecords() {}

    /** Of a market; {@code newestMs} is the event time of its newest liquidation. */
    static io.plimsoll.schemas.avro.CascadeEpisode market(
            String market, CascadeEpisode episode, @Nullable PriceMove prices, long newestMs) {
        return record(market, episode, prices, newestMs, List.of(), 0);
    }

    /**
     * Of all markets.
     *
     * @param episodes the markets' own episodes meanwhile, of each market the first
     * @param others further markets with forced volume in it, count
     */
    static io.plimsoll.schemas.avro.CascadeEpisode system(
            String subject, CascadeEpisode episode, Map<String, CascadeEpisode> episodes, int others, long newestMs) {
        List<Map.Entry<String, CascadeEpisode>> order = new ArrayList<>(episodes.entrySet());
        order.sort(Comparator.comparingLong((Map.Entry<String, CascadeEpisode> each) ->
                        each.getValue().startMs())
                .thenComparing(Map.Entry::getKey));
        List<CascadeMarket> markets = new ArrayList<>();
        for (Map.Entry<String, CascadeEpisode> each : order) {
            ForcedMinute forced = each.getValue().forced();
            long lagMs = forced.firstMs() - order.get(0).getValue().startMs();
            markets.add(new CascadeMarket(
                    each.getKey(),
                    forced.firstMs(),
                    lagMs / MS_PER_SECOND,
                    MicroUsd.toUsd(forced.longMicroUsd()),
                    MicroUsd.toUsd(forced.shortMicroUsd()),
                    forced.liquidations(),
                    forced.censored()));
        }
        return record(subject, episode, null, newestMs, markets, others);
    }

    private static io.plimsoll.schemas.avro.CascadeEpisode record(
            String subject,
            CascadeEpisode episode,
            @Nullable PriceMove prices,
            long newestMs,
            List<CascadeMarket> markets,
            int otherMarkets) {
        ForcedMinute forced = episode.forced();
        return new io.plimsoll.schemas.avro.CascadeEpisode(
                subject,
                episode.startMs(),
                ForcedMinute.startMs(episode.peakMinute()),
                episode.endMs(),
                episode.isOver(),
                episode.isOver() ? episode.overMs() : newestMs,
                prices == null ? 0 : prices.stalenessMs(),
                MarketMeasures.FORMULA_VERSION,
                forced.censored(),
                forced.usd(),
                MicroUsd.toUsd(forced.longMicroUsd()),
                MicroUsd.toUsd(forced.shortMicroUsd()),
                episode.peakUsd(),
                MicroUsd.toUsd(forced.largestMicroUsd()),
                forced.liquidations(),
                forced.trades(),
                forced.withoutId(),
                forced.duplicates(),
                forced.otherSides(),
                MicroUsd.toUsd(episode.thresholdMicroUsd()),
                episode.backgroundMicroUsd() / MICRO,
                episode.backgroundHours(),
                prices == null ? null : (Double) prices.start(),
                prices == null ? null : (Double) prices.extreme(),
                prices == null ? null : (Double) prices.end(),
                markets,
                otherMarkets);
    }
}
