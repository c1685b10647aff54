package io.plimsoll.server.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** Reads this instance's state stores, and finds the instances that hold the others. */
final class StateQueries {

    private final AtomicReference<@Nullable KafkaStreams> running = new AtomicReference<>();
    private final AtomicReference<@Nullable HostInfo> thisInstance = new AtomicReference<>();

    void use(KafkaStreams streams) {
        running.set(streams);
    }

    /** True when the stores can be read in full. */
    boolean isReady() {
        KafkaStreams streams = running.get();
        return streams != null && streams.state() == KafkaStreams.State.RUNNING;
    }

    /** What stands in the way of {@link #isReady}, in a word. */
    String state() {
        KafkaStreams streams = running.get();
        return streams == null ? "STARTING" : streams.state().name();
    }

    <V> Optional<V> get(String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, String key) {
        return read(store, type, reader -> Optional.ofNullable(reader.get(key)), Optional::empty);
    }

    /** Hands over every entry that this instance holds. */
    <V> void forEach(
            String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, BiConsumer<String, V> reader) {
        read(
                store,
                type,
                from -> {
                    try (KeyValueIterator<String, V> entries = from.all()) {
                        entries.forEachRemaining(entry -> reader.accept(entry.key, entry.value));
                    }
                    return true;
                },
                () -> false);
    }

    /** Some keys that this instance holds, those that follow the given one first. */
    <V> List<String> keysNear(
            String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, String key, int most) {
        return read(
                store,
                type,
                reader -> {
                    List<String> keys = new ArrayList<>();
                    try (KeyValueIterator<String, V> after = reader.range(key, null)) {
                        take(after, keys, most);
                    }
                    try (KeyValueIterator<String, V> before = reader.reverseRange(null, key)) {
                        take(before, keys, most);
                    }
                    return keys;
                },
                List::of);
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
        return read(
                store,
                type,
                reader -> {
                    List<V> windows = new ArrayList<>();
                    try (WindowStoreIterator<V> newestFirst = reader.backwardFetch(key, from, to)) {
                        while (newestFirst.hasNext() && windows.size() < most) {
                            windows.add(newestFirst.next().value);
                        }
                    }
                    Collections.reverse(windows);
                    return windows;
                },
                List::of);
    }

    /** The other instance that holds the key; empty where it is this one. */
    Optional<HostInfo> otherOwner(String store, String key) {
        KafkaStreams streams = streams();
        try {
            KeyQueryMetadata metadata = streams.queryMetadataForKey(store, key, new StringSerializer());
            if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                throw Problem.moving();
            }
            return isThis(metadata.activeHost()) ? Optional.empty() : Optional.of(metadata.activeHost());
        } catch (IllegalStateException | StreamsNotStartedException e) {
            throw Problem.moving();
        }
    }

    /** All other instances that hold part of the store. */
    List<HostInfo> others(String store) {
        try {
            return streams().metadataForAllStreamsClients().stream()
                    .filter(instance -> instance.stateStoreNames().contains(store))
                    .map(instance -> instance.hostInfo())
                    .filter(host -> !isThis(host))
                    .toList();
        } catch (IllegalStateException | StreamsNotStartedException e) {
            throw Problem.moving();
        }
    }

    /** Tells under which address the others know this instance. */
    void useAddress(String advertised) {
        thisInstance.set(HostInfo.buildFromEndpoint(advertised));
    }

    private boolean isThis(HostInfo host) {
        return host.equals(thisInstance.get());
    }

    private KafkaStreams streams() {
        KafkaStreams streams = running.get();
        if (streams == null) {
            throw Problem.moving();
        }
        return streams;
    }

    /** Queries what this instance holds of a store; where it holds no part of it, the answer is nothing. */
    private <S, R> R read(String store, QueryableStoreType<S> type, Function<S, R> query, Supplier<R> nothing) {
        try {
            return query.apply(streams().store(StoreQueryParameters.fromNameAndType(store, type)));
        } catch (InvalidStateStoreException e) {
            if (isElsewhere(store)) {
                return nothing.get();
            }
            throw Problem.moving();
        }
    }

    /** True where there are more instances than parts of the store, and this one has none of them. */
    private boolean isElsewhere(String store) {
        try {
            return isReady() && !others(store).isEmpty() && !holdsPartOf(store);
        } catch (Problem e) {
            return false;
        }
    }

    private boolean holdsPartOf(String store) {
        return streams().metadataForAllStreamsClients().stream()
                .anyMatch(instance -> isThis(instance.hostInfo())
                        && instance.stateStoreNames().contains(store));
    }
}
