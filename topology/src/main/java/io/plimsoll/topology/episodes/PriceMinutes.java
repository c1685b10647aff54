package io.plimsoll.topology.episodes;

import io.plimsoll.risk.episode.ForcedMinute;
import io.plimsoll.risk.episode.PriceMinute;
import io.plimsoll.topology.avro.PriceCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Prices of markets by minute, in a store. */
final class PriceMinutes {

    private static final char END = '\u0000';
    private static final long HOUR = 60;
    private static final long FIRST_KEY = 1_000_000_000L;

    private final KeyValueStore<String, PriceCell> store;
    private final long memoryMinutes;
    /** What was put last: most prices are of the same minute as the one before. */
    private final Map<String, PriceCell> newestByMarket = new HashMap<>();

    PriceMinutes(KeyValueStore<String, PriceCell> store, long memoryMinutes) {
        this.store = store;
        this.memoryMinutes = memoryMinutes;
    }

    void add(String market, double price, long eventTimeMs) {
        long minute = ForcedMinute.minuteOf(eventTimeMs);
        String key = key(market, minute);
        PriceCell newest = newestByMarket.get(market);
        PriceCell before = newest != null && newest.getMinute() == minute ? newest : store.get(key);
        if (before == null && minute % HOUR == 0) {
            forgetBefore(market, minute - memoryMinutes - HOUR);
        }
        PriceMinute its = before == null
                ? PriceMinute.of(price, eventTimeMs)
                : minute(before).plus(price, eventTimeMs);
        PriceCell cell =
                new PriceCell(minute, its.first(), its.low(), its.high(), its.last(), its.firstMs(), its.lastMs());
        store.put(key, cell);
        newestByMarket.put(market, cell);
    }

    /** Prices from a minute to another, both included. */
    NavigableMap<Long, PriceMinute> between(String market, long first, long last) {
        NavigableMap<Long, PriceMinute> prices = new TreeMap<>();
        try (KeyValueIterator<String, PriceCell> range = store.range(key(market, first), key(market, last))) {
            range.forEachRemaining(row -> prices.put(row.value.getMinute(), minute(row.value)));
        }
        return prices;
    }

    private void forgetBefore(String market, long minute) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, PriceCell> range = store.range(key(market, 0), key(market, minute - 1))) {
            range.forEachRemaining(row -> old.add(row.key));
        }
        old.forEach(store::delete);
    }

    /** Minutes of the same number of digits, so that their order is that of the keys. */
    private static String key(String market, long minute) {
        return market + END + (FIRST_KEY + Math.max(0, minute));
    }

    private static PriceMinute minute(PriceCell cell) {
        return new PriceMinute(
                cell.getFirst(), cell.getLow(), cell.getHigh(), cell.getLast(), cell.getFirstMs(), cell.getLastMs());
    }
}
