package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Writes depth of books that are kept level by level, each market's at most once in an interval. */
public final class DepthRecords {

    public static final String INTERVAL = "depth.interval.ms";
    public static final String DISTANCES = "depth.distances";

    private static final String KIND = "depth";

    private final String venue;
    private final SourceOffsets offsets;
    private final long intervalMs;
    private final List<Double> distances;
    private final Map<String, Long> writtenMs = new HashMap<>();

    public DepthRecords(FeedConfig config, SourceOffsets offsets) {
        this.venue = config.venue();
        this.offsets = offsets;
        this.intervalMs = config.getLong(INTERVAL);
        this.distances = config.getList(DISTANCES).stream().map(Double::valueOf).toList();
    }

    /** Adds the settings of depth. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        INTERVAL,
                        Type.LONG,
                        1_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Shortest time between two depth records of a market, milliseconds.")
                .define(
                        DISTANCES,
                        Type.LIST,
                        List.of("0.001", "0.002", "0.005", "0.01", "0.02", "0.03", "0.05", "0.1"),
                        FeedConfig::checkDistances,
                        Importance.LOW,
                        "Distances from mid at which depth is given, fractions, rising; those that the book does not"
                                + " reach are left out.");
    }

    /** Whether a market's depth may be written again. */
    public boolean isDue(String symbol, long nowMs) {
        return nowMs - writtenMs.getOrDefault(symbol, 0L) >= intervalMs;
    }

    /** Writes a market's depth, if its book tells one. */
    public void write(String symbol, LevelBook book, long timeMs, long nowMs, FeedOutput output) {
        writtenMs.put(symbol, nowMs);
        Depth depth = book.depth(venue, symbol, distances);
        if (depth != null) {
            output.add(
                    Topics.DEPTH,
                    Keys.market(venue, symbol),
                    timeMs,
                    depth,
                    offsets.mark(KIND, symbol, Map.of("time", Long.toString(timeMs))));
        }
    }
}
