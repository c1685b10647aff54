package io.plimsoll.topology.episodes;

import io.plimsoll.risk.episode.CascadeEpisode;
import io.plimsoll.risk.episode.CascadeEpisodes;
import io.plimsoll.risk.episode.CascadeThresholds;
import io.plimsoll.risk.episode.ForcedMinute;
import io.plimsoll.topology.CascadeSettings;
import java.util.List;

/** Looks for episodes in what is kept of a market, and knows what need not be kept. */
final class MarketEpisodes {

    private final CascadeThresholds thresholds;
    private final long memoryMinutes;

    MarketEpisodes(CascadeSettings settings) {
        this.thresholds = settings.thresholds();
        this.memoryMinutes = settings.memory().toMinutes();
    }

    /** The first minute that may still change, as of the market's newest; episodes that begin before it are settled. */
    long openFrom(ForcedMinutes.OfMarket market) {
        return market.minutes.isEmpty() ? Long.MIN_VALUE : market.newestMinute() - memoryMinutes;
    }

    /** The first minute that is needed to say what follows {@link #openFrom}. */
    long neededFrom(ForcedMinutes.OfMarket market) {
        return openFrom(market) - thresholds.historyMinutes() - memoryMinutes;
    }

    /** Episodes that may still change. */
    List<CascadeEpisode> open(ForcedMinutes.OfMarket market, long nowMs) {
        return from(openFrom(market), market, nowMs);
    }

    /** Episodes that begin in a minute or later. */
    List<CascadeEpisode> from(long minute, ForcedMinutes.OfMarket market, long nowMs) {
        return CascadeEpisodes.find(market.minutes, market.knownSinceMinute, thresholds, nowMs).stream()
                .filter(each -> each.startMinute() >= minute)
                .toList();
    }

    /**
     * Whether a change in a minute may have made or changed an episode: there is enough volume around it, or it lies in
     * an earlier hour, which the usual of the hours since is taken from.
     */
    boolean mayMatter(ForcedMinutes.OfMarket market, long minute) {
        if (minute / 60 < market.newestMinute() / 60) {
            return true;
        }
        long around = 0;
        for (ForcedMinute each : market.minutes
                .subMap(minute - thresholds.windowMinutes(), false, minute + thresholds.windowMinutes(), false)
                .values()) {
            around = ForcedMinute.capped(around, each.microUsd());
        }
        return around / 1e6 >= thresholds.floorUsd();
    }
}
