package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Liquidation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Liquidations of one part of a feed, each written once: they may come late, twice, by two ways and again after a restart.
 * Keeps since when some may be missing.
 */
public final class ForcedTrades {

    /** How late one may come after a newer one, milliseconds. */
    public static final long LATE_MS = 600_000;

    private static final String KIND = "trades";

    private final String venue;
    private final String name;
    private final SourceOffsets offsets;
    private final Map<String, Long> timeById = new LinkedHashMap<>();

    private long newestMs;
    private long floorMs;
    private long missingSinceMs;
    private boolean isComplete;

    /**
     * @param name of the part, such as a market
     * @param knownMs until when an earlier task has seen all, epoch milliseconds; now, where there was none
     */
    public ForcedTrades(String venue, String name, SourceOffsets offsets, long knownMs) {
        this.venue = venue;
        this.name = name;
        this.offsets = offsets;
        this.missingSinceMs = knownMs;
        this.floorMs = knownMs - LATE_MS;
        Map<String, String> stored = offsets.of(KIND, List.of(name)).getOrDefault(name, Map.of());
        newestMs = Long.parseLong(stored.getOrDefault("time", "0"));
        for (String line : stored.getOrDefault("trades", "").split("\n", -1)) {
            int space = line.lastIndexOf(' ');
            if (space > 0) {
                timeById.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
            }
        }
    }

    /** From now on some may be missed, until {@link #caughtUp}. */
    public void interrupted(long nowMs) {
        if (isComplete) {
            isComplete = false;
            missingSinceMs = nowMs;
            floorMs = Math.min(floorMs, nowMs - LATE_MS);
        }
    }

    /** All since the interruption have been given to {@link #add}. */
    public void caughtUp() {
        isComplete = true;
        floorMs = Math.max(floorMs, newestMs - LATE_MS);
        timeById.values().removeIf(timeMs -> timeMs < floorMs);
    }

    public boolean isComplete() {
        return isComplete;
    }

    /** Until when all are known, epoch milliseconds. */
    public long completeToMs(long nowMs) {
        return isComplete ? nowMs : missingSinceMs;
    }

    /**
     * Writes a liquidation that was not written yet.
     *
     * @param id the venue's, unique within this part
     * @param timeMs event time, epoch milliseconds; one that is older than what can be told apart is left out
     * @return whether it was written
     */
    public boolean add(Liquidation liquidation, String id, long timeMs, FeedOutput output) {
        if (timeMs < floorMs || timeById.containsKey(id)) {
            return false;
        }
        timeById.put(id, timeMs);
        newestMs = Math.max(newestMs, timeMs);
        if (isComplete) {
            floorMs = Math.max(floorMs, newestMs - LATE_MS);
            timeById.values().removeIf(before -> before < floorMs);
        }
        output.add(
                Topics.LIQUIDATIONS,
                Keys.market(venue, liquidation.getSymbol()),
                timeMs,
                liquidation,
                offsets.mark(KIND, name, remembered()));
        return true;
    }

    private Map<String, String> remembered() {
        StringBuilder lines = new StringBuilder();
        timeById.forEach((id, timeMs) ->
                lines.append(lines.isEmpty() ? "" : "\n").append(id).append(' ').append(timeMs));
        return Map.of("time", Long.toString(newestMs), "trades", lines.toString());
    }
}
