package io.plimsoll.topology;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of each key for queries, kept as it is: nothing is encoded, nothing logged.
 *
 * <p>For what follows from other stores and is made again when its task starts. Values must not change any more once they
 * are put: other threads read them.
 */
public final class LatestStore<V> implements KeyValueStore<String, V> {

    private final String name;
    private final NavigableMap<String, V> newest = new ConcurrentSkipListMap<>();
    private volatile boolean open;

    private LatestStore(String name) {
        this.name = name;
    }

    /** Builds a store that its processor fills again after a start. */
    public static <V> StoreBuilder<LatestStore<V>> builder(String name) {
        return new Builder<>(name);
    }

    /**
     * Such a store for a processor whose life begins: empty. A task that was suspended, or kept a copy meanwhile, still has in it
     * what it once held.
     */
    public static <V> KeyValueStore<String, V> emptied(ProcessorContext<?, ?> context, String name) {
        KeyValueStore<String, V> store = context.getStateStore(name);
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, V> all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(store::delete);
        return store;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {
            throw new IllegalStateException("store " + name + " has no changelog to be restored from");
        });
        open = true;
    }

    @Override
    public void put(String key, @Nullable V value) {
        if (value == null) {
            newest.remove(key);
        } else {
            newest.put(key, value);
        }
    }

    @Override
    public @Nullable V putIfAbsent(String key, V value) {
        return newest.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<String, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public @Nullable V delete(String key) {
        return newest.remove(key);
    }

    @Override
    public @Nullable V get(String key) {
        return newest.get(key);
    }

    @Override
    public KeyValueIterator<String, V> range(@Nullable String from, @Nullable String to) {
        return new Entries<>(between(newest, from, to));
    }

    @Override
    public KeyValueIterator<String, V> reverseRange(@Nullable String from, @Nullable String to) {
        return new Entries<>(between(newest, from, to).descendingMap());
    }

    @Override
    public KeyValueIterator<String, V> all() {
        return new Entries<>(newest);
    }

    @Override
    public KeyValueIterator<String, V> reverseAll() {
        return new Entries<>(newest.descendingMap());
    }

    /** Both ends are within; null leaves an end open. */
    private static <V> NavigableMap<String, V> between(
            NavigableMap<String, V> map, @Nullable String from, @Nullable String to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            return new ConcurrentSkipListMap<>();
        }
        NavigableMap<String, V> tail = from == null ? map : map.tailMap(from, true);
        return to == null ? tail : tail.headMap(to, true);
    }

    @Override
    public long approximateNumEntries() {
        return newest.size();
    }

    @Override
    public void close() {
        open = false;
        newest.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private static final class Entries<V> implements KeyValueIterator<String, V> {

        private final Iterator<Map.Entry<String, V>> entries;
        private Map.@Nullable Entry<String, V> next;

        Entries(NavigableMap<String, V> map) {
            entries = map.entrySet().iterator();
        }

        @Override
        public boolean hasNext() {
            return next != null || entries.hasNext();
        }

        @Override
        public KeyValue<String, V> next() {
            Map.Entry<String, V> entry = peek();
            next = null;
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public String peekNextKey() {
            return peek().getKey();
        }

        private Map.Entry<String, V> peek() {
            Map.Entry<String, V> entry = next == null ? entries.next() : next;
            next = entry;
            return entry;
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }

    private record Builder<V>(String name) implements StoreBuilder<LatestStore<V>> {

        @Override
        public LatestStore<V> build() {
            return new LatestStore<>(name);
        }

        @Override
        public StoreBuilder<LatestStore<V>> withCachingEnabled() {
            return this; // it is all cache
        }

        @Override
        public StoreBuilder<LatestStore<V>> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<LatestStore<V>> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("store " + name + " is made again, never restored");
        }

        @Override
        public StoreBuilder<LatestStore<V>> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
