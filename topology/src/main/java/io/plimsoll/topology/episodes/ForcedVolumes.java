package io.plimsoll.topology.episodes;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.topology.avro.ForcedCell;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was forced to trade in each market in the last minutes, from the minutes that are counted for episodes. */
public final class ForcedVolumes {

    private static final long MINUTE_MS = 60_000;
    private static final int SHORT = 5;
    private static final int LONG = 60;

    private final Map<String, OfMarket> markets = new HashMap<>();

    private static final class OfMarket {
        private final TreeMap<Long, ForcedCell> cells = new TreeMap<>();
        private long saidMinute = Long.MIN_VALUE;
    }

    /** Takes a minute in the place of what was known of it. */
    public void take(ForcedCell cell) {
        OfMarket market = markets.computeIfAbsent(cell.getMarket(), name -> new OfMarket());
        market.cells.put(cell.getMinute(), cell);
        market.cells.headMap(market.cells.lastKey() - LONG + 1).clear();
    }

    /** Volume up to a time; null where it was told of that minute already, or nothing was ever forced. */
    public @Nullable ForcedVolume ofNextMinute(String name, long timeMs) {
        OfMarket market = markets.get(name);
        return market == null || timeMs / MINUTE_MS <= market.saidMinute ? null : of(name, timeMs);
    }

    /** Volume up to a time; null where nothing was ever forced. */
    public @Nullable ForcedVolume ofKnown(String name, long timeMs) {
        return markets.containsKey(name) ? of(name, timeMs) : null;
    }

    /** Volume up to a time of a market of which a minute was taken. */
    public ForcedVolume of(String name, long timeMs) {
        OfMarket market = markets.computeIfAbsent(name, unknown -> new OfMarket());
        long minute = timeMs / MINUTE_MS;
        market.saidMinute = Math.max(market.saidMinute, minute);
        long[] sums = new long[4];
        market.cells.subMap(minute - LONG + 1, minute + 1).forEach((each, cell) -> {
            sums[2] += cell.getLongMicroUsd();
            sums[3] += cell.getShortMicroUsd();
            if (each > minute - SHORT) {
                sums[0] += cell.getLongMicroUsd();
                sums[1] += cell.getShortMicroUsd();
            }
        });
        return new ForcedVolume(
                MicroUsd.toUsd(sums[0]), MicroUsd.toUsd(sums[1]), MicroUsd.toUsd(sums[2]), MicroUsd.toUsd(sums[3]));
    }
}
