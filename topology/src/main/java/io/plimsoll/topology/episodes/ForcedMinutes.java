package io.plimsoll.topology.episodes;

import io.plimsoll.risk.episode.ForcedMinute;
import io.plimsoll.topology.avro.ForcedCell;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Forced volume of markets by minute: in memory to be looked through, in a store to survive. */
final class ForcedMinutes {

    private static final char END = '\u0000';

    /** What is known of a market. */
    static final class OfMarket {
        final TreeMap<Long, ForcedMinute> minutes = new TreeMap<>();
        long knownSinceMinute = Long.MAX_VALUE;
        long newestMs = Long.MIN_VALUE;

        /** The newest minute; the least of all numbers where there is none. */
        long newestMinute() {
            return minutes.isEmpty() ? Long.MIN_VALUE : minutes.lastKey();
        }

        private void put(ForcedCell cell) {
            minutes.put(cell.getMinute(), minute(cell));
            knownSinceMinute = Math.min(knownSinceMinute, cell.getKnownSinceMinute());
            newestMs = Math.max(newestMs, cell.getLastMs());
        }
    }

    private final KeyValueStore<String, ForcedCell> store;
    private final Map<String, OfMarket> markets = new HashMap<>();

    ForcedMinutes(KeyValueStore<String, ForcedCell> store) {
        this.store = store;
        try (KeyValueIterator<String, ForcedCell> all = store.all()) {
            all.forEachRemaining(row -> of(row.value.getMarket()).put(row.value));
        }
    }

    OfMarket of(String market) {
        return markets.computeIfAbsent(market, m -> new OfMarket());
    }

    Map<String, OfMarket> all() {
        return markets;
    }

    /**
     * Adds what one record says; false where it is in already, as it is when it is read again after a crash.
     *
     * @param partition where the record was read
     */
    boolean add(String market, long eventTimeMs, ForcedMinute its, int partition, long offset) {
        OfMarket known = of(market);
        long minute = ForcedMinute.minuteOf(eventTimeMs);
        ForcedCell before = store.get(key(market, minute));
        if (before != null && before.getPartition() == partition && before.getOffset() >= offset) {
            return false;
        }
        ForcedMinute sum = before == null ? its : minute(before).plus(its);
        put(cell(market, minute, Math.min(known.knownSinceMinute, minute), sum, partition, offset));
        return true;
    }

    /** Puts a cell in the place of an older one of the same market and minute; false where it is the older. */
    boolean replace(ForcedCell cell) {
        ForcedCell before = store.get(key(cell.getMarket(), cell.getMinute()));
        if (before != null
                && (before.equals(cell)
                        || before.getTrades() + before.getDuplicates() > cell.getTrades() + cell.getDuplicates())) {
            return false;
        }
        put(cell);
        return true;
    }

    private void put(ForcedCell cell) {
        store.put(key(cell.getMarket(), cell.getMinute()), cell);
        of(cell.getMarket()).put(cell);
    }

    @Nullable
    ForcedCell cell(String market, long minute) {
        return store.get(key(market, minute));
    }

    /** Hands over the cells of a market from a minute on. */
    void forEachFrom(String market, long minute, Consumer<ForcedCell> reader) {
        for (Long each : of(market).minutes.tailMap(minute).keySet()) {
            ForcedCell cell = cell(market, each);
            if (cell != null) {
                reader.accept(cell);
            }
        }
    }

    /** Forgets what lies before a minute. */
    void forgetBefore(String market, long minute) {
        Map<Long, ForcedMinute> old = of(market).minutes.headMap(minute);
        old.keySet().forEach(each -> store.delete(key(market, each)));
        old.clear();
    }

    private static String key(String market, long minute) {
        return market + END + minute;
    }

    private static ForcedCell cell(
            String market, long minute, long knownSince, ForcedMinute its, int partition, long offset) {
        return new ForcedCell(
                market,
                minute,
                knownSince,
                its.longMicroUsd(),
                its.shortMicroUsd(),
                its.liquidations(),
                its.trades(),
                its.largestMicroUsd(),
                its.withoutId(),
                its.duplicates(),
                its.otherSides(),
                its.censored(),
                its.firstMs(),
                its.lastMs(),
                partition,
                offset);
    }

    private static ForcedMinute minute(ForcedCell cell) {
        return new ForcedMinute(
                cell.getLongMicroUsd(),
                cell.getShortMicroUsd(),
                cell.getLiquidations(),
                cell.getTrades(),
                cell.getLargestMicroUsd(),
                cell.getWithoutId(),
                cell.getDuplicates(),
                cell.getOtherSides(),
                cell.getCensored(),
                cell.getFirstMs(),
                cell.getLastMs());
    }
}
