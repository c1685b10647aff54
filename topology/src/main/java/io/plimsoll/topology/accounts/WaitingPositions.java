package io.plimsoll.topology.accounts;

import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.avro.RoutedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Positions whose instrument has not come yet, until it does or until it is time to say that it is missing. */
final class WaitingPositions {

    private final Map<String, Map<String, Long>> deadlineByKeyByMarket = new HashMap<>();
    private KeyValueStore<String, RoutedRecord> store;

    @SuppressWarnings("NullAway.Init") // opened before anything else
    WaitingPositions() {}

    void open(KeyValueStore<String, RoutedRecord> opened, long deadlineMs) {
        store = opened;
        try (KeyValueIterator<String, RoutedRecord> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, RoutedRecord> entry = all.next();
                deadlines(marketOf(entry.key)).put(entry.key, deadlineMs);
            }
        }
    }

    void put(String market, RoutedRecord position, long deadlineMs) {
        store.put(position.getKey(), position);
        deadlines(market).put(position.getKey(), deadlineMs);
    }

    /** The positions of a market, which wait no longer. */
    List<RoutedRecord> takeOf(String market) {
        List<RoutedRecord> taken = new ArrayList<>();
        Map<String, Long> deadlines = deadlineByKeyByMarket.remove(market);
        if (deadlines != null) {
            for (String key : deadlines.keySet()) {
                RoutedRecord position = store.delete(key);
                if (position != null) {
                    taken.add(position);
                }
            }
        }
        return taken;
    }

    /** The positions, by market, that have waited long enough, and wait no longer. */
    List<Map.Entry<String, RoutedRecord>> takeOverdue(long nowMs) {
        if (deadlineByKeyByMarket.isEmpty()) {
            return List.of();
        }
        List<Map.Entry<String, RoutedRecord>> overdue = new ArrayList<>();
        deadlineByKeyByMarket.forEach((market, deadlines) -> {
            for (Iterator<Map.Entry<String, Long>> all = deadlines.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<String, Long> entry = all.next();
                if (entry.getValue() <= nowMs) {
                    all.remove();
                    RoutedRecord position = store.delete(entry.getKey());
                    if (position != null) {
                        overdue.add(Map.entry(market, position));
                    }
                }
            }
        });
        deadlineByKeyByMarket.values().removeIf(Map::isEmpty);
        return overdue;
    }

    private Map<String, Long> deadlines(String market) {
        return deadlineByKeyByMarket.computeIfAbsent(market, m -> new LinkedHashMap<>());
    }

    private static String marketOf(String positionKey) {
        int account = positionKey.indexOf(Keys.SEPARATOR);
        int symbol = positionKey.indexOf(Keys.SEPARATOR, account + 1);
        return Keys.market(positionKey.substring(0, account), positionKey.substring(symbol + 1));
    }
}
