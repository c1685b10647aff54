package io.plimsoll.server.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of this instance's state stores, or all its parts. What cannot be read is a problem, {@link
 * Problem#moving}; it may come in the middle of reading.
 */
final class StateReader {

    private final KafkaStreams streams;
    private final @Nullable Integer part;
    private final boolean stale;

    /**
     * A reader.
     *
     * @param part null: all that are here
     * @param stale whether copies are read, too, and parts that are on the move
     */
    StateReader(KafkaStreams streams, @Nullable Integer part, boolean stale) {
        this.streams = streams;
        this.part = part;
        this.stale = stale;
    }

    /** Whether it reads what may not be up to date. */
    boolean isStale() {
        return stale;
    }

    <V> Optional<V> get(String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, String key) {
        return read(store, type, reader -> {
            V value = reader.get(key);
            if (value == null) {
                requireOpen(reader);
            }
            return Optional.ofNullable(value);
        });
    }

    /** Hands over every entry. */
    <V> void forEach(
            String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, BiConsumer<String, V> reader) {
        read(store, type, from -> {
            try (KeyValueIterator<String, V> entries = from.all()) {
                entries.forEachRemaining(entry -> reader.accept(entry.key, entry.value));
            }
            requireOpen(from);
            return true;
        });
    }

    /** A store in memory that is closed while it is read looks like an empty one. */
    private static <V> void requireOpen(ReadOnlyKeyValueStore<String, V> store) {
        store.approximateNumEntries();
    }

    /** Some keys, those that follow the given one first. */
    <V> List<String> keysNear(
            String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, String key, int most) {
        return read(store, type, reader -> {
            List<String> keys = new ArrayList<>();
            try (KeyValueIterator<String, V> after = reader.range(key, null)) {
                take(after, keys, most);
            }
            try (KeyValueIterator<String, V> before = reader.reverseRange(null, key)) {
                take(before, keys, most);
            }
            return keys;
        });
    }

    private static <V> void take(KeyValueIterator<String, V> from, List<String> keys, int most) {
        while (from.hasNext() && keys.size() < most) {
            keys.add(from.next().key);
        }
    }

    /** The newest windows that begin in the interval, oldest first. */
    <V> List<V> windows(
            String store,
            QueryableStoreType<ReadOnlyWindowStore<String, V>> type,
            String key,
            Instant from,
            Instant to,
            int most) {
        return read(store, type, reader -> {
            List<V> windows = new ArrayList<>();
            try (WindowStoreIterator<V> newestFirst = reader.backwardFetch(key, from, to)) {
                while (newestFirst.hasNext() && windows.size() < most) {
                    windows.add(newestFirst.next().value);
                }
            }
            Collections.reverse(windows);
            return windows;
        });
    }

    private <S, R> R read(String store, QueryableStoreType<S> type, Function<S, R> query) {
        try {
            StoreQueryParameters<S> parameters = StoreQueryParameters.fromNameAndType(store, type);
            parameters = part == null ? parameters : parameters.withPartition(part);
            return query.apply(streams.store(stale ? parameters.enableStaleStores() : parameters));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw Problem.moving();
        }
    }
}
