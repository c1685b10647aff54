package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Order books of a task's markets, and the depth records made of them. */
final class Books {

    private static final String KIND = "depth";

    /** A snapshot that failed, or that only reaches further, is asked for no sooner than this. */
    private static final long RETRY_MS = 15_000;

    /** A market of which nothing has come for so long since the connection opened is taken for a quiet one. */
    private static final long QUIET_MS = 10_000;

    private final BinanceConfig config;
    private final SourceOffsets offsets;
    private final FeedHealth health;
    private final long intervalMs;
    private final List<Double> distances;
    private final Map<String, Entry> bySymbol = new LinkedHashMap<>();

    private long openedMs = Long.MAX_VALUE;

    private static final class Entry {

        private final OrderBook book;
        private boolean hasEvents;
        private boolean isRunningOut;
        private long askFromMs = Long.MIN_VALUE;
        private long triedMs = Long.MIN_VALUE;
        private long writtenMs = Long.MIN_VALUE;
        private long writtenVenueMs;

        Entry(OrderBook book) {
            this.book = book;
        }
    }

    Books(BinanceConfig config, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.offsets = offsets;
        this.health = health;
        this.intervalMs = config.getLong(BinanceConfig.DEPTH_INTERVAL);
        this.distances = config.depthDistances();
    }

    /** Sets which markets there are. */
    void set(Collection<Listing> listings) {
        List<Listing> followed = listings.stream()
                .filter(listing -> config.hasDepth(listing.symbol()))
                .toList();
        bySymbol.keySet().retainAll(followed.stream().map(Listing::symbol).toList());
        List<Listing> added = followed.stream()
                .filter(listing -> !bySymbol.containsKey(listing.symbol()))
                .toList();
        Map<String, Map<String, String>> stored =
                offsets.of(KIND, added.stream().map(Listing::symbol).toList());
        for (Listing listing : added) {
            Entry entry = new Entry(new OrderBook(listing.symbol(), listing.contractSize()));
            entry.writtenVenueMs = Long.parseLong(
                    stored.getOrDefault(listing.symbol(), Map.of()).getOrDefault("time", "0"));
            bySymbol.put(listing.symbol(), entry);
        }
    }

    Collection<String> symbols() {
        return bySymbol.keySet();
    }

    /** The connection has opened. A snapshot that came while there was none may lack what changed before it. */
    void opened(long nowMs) {
        cut();
        openedMs = nowMs;
    }

    /** The connection has ended: all books begin anew. */
    void cut() {
        openedMs = Long.MAX_VALUE;
        for (Entry entry : bySymbol.values()) {
            entry.book.cut();
            entry.hasEvents = false;
        }
    }

    /** A change has come. */
    void change(JsonNode message, long nowMs) {
        DepthChange change = DepthChange.of(message);
        Entry entry = bySymbol.get(change.symbol());
        if (entry == null) {
            return;
        }
        health.venueTime(change.timeMs(), nowMs);
        entry.hasEvents = true;
        switch (entry.book.take(change)) {
            case OLD -> health.outOfOrder();
            case GAP -> health.gap();
            default -> {
                // Made, or kept for the snapshot.
            }
        }
    }

    /** The market whose snapshot is to be asked for next, if one is: the one that was tried longest ago. */
    Optional<String> snapshotDue(long nowMs) {
        return bySymbol.entrySet().stream()
                .filter(entry -> isDue(entry.getValue(), nowMs))
                .min((one, other) -> Long.compare(one.getValue().triedMs, other.getValue().triedMs))
                .map(Map.Entry::getKey);
    }

    /** Before changes come a snapshot is of little use, unless none do because nothing changes. */
    private boolean isDue(Entry entry, long nowMs) {
        return (entry.hasEvents || openedMs < nowMs - QUIET_MS)
                && !entry.book.isAsked()
                && nowMs >= entry.askFromMs
                && (entry.book.needsSnapshot() || entry.isRunningOut);
    }

    void asked(String symbol, long nowMs) {
        Entry entry = bySymbol.get(symbol);
        if (entry != null) {
            entry.triedMs = nowMs;
            entry.book.asked();
        }
    }

    /** No snapshot came. */
    void unanswered(String symbol, long nowMs, boolean atOnce) {
        Entry entry = bySymbol.get(symbol);
        if (entry != null) {
            entry.book.unanswered();
            entry.askFromMs = atOnce ? nowMs : nowMs + RETRY_MS;
        }
    }

    /** A snapshot has come. */
    void snapshot(String symbol, JsonNode answer, long nowMs) {
        Entry entry = bySymbol.get(symbol);
        if (entry == null) {
            return;
        }
        entry.isRunningOut = false;
        if (!entry.book.snapshot(answer, config.depthLevels())) {
            health.gap();
        }
    }

    /** Writes the depth that is due. */
    void step(long nowMs, FeedOutput output) {
        bySymbol.forEach((symbol, entry) -> {
            if (entry.book.isChanged()
                    && (entry.writtenMs == Long.MIN_VALUE || nowMs - entry.writtenMs >= intervalMs)) {
                write(symbol, entry, nowMs, output);
            }
        });
    }

    private void write(String symbol, Entry entry, long nowMs, FeedOutput output) {
        if (entry.book.isCrossed()) {
            entry.book.lost();
            health.gap();
            return;
        }
        long timeMs = entry.book.timeMs();
        @Nullable Depth depth = entry.book.depth(config.venue(), distances);
        double reached = depth == null
                ? 0
                : depth.getLevels().get(depth.getLevels().size() - 1).getDistance();
        if (depth == null || entry.book.isRunningOut(reached)) {
            entry.askFromMs = entry.isRunningOut ? entry.askFromMs : nowMs;
            entry.isRunningOut = true;
        }
        if (depth != null && timeMs > entry.writtenVenueMs) {
            entry.writtenMs = nowMs;
            entry.writtenVenueMs = timeMs;
            output.add(
                    Topics.DEPTH,
                    Keys.market(config.venue(), symbol),
                    timeMs,
                    depth,
                    offsets.mark(KIND, symbol, Map.of("time", Long.toString(timeMs))));
        }
    }

    /** How many books wait for a snapshot. */
    int unsynced() {
        return (int) bySymbol.values().stream()
                .filter(entry -> !entry.book.isSynced())
                .count();
    }
}
