package io.plimsoll.server.http;

import io.plimsoll.server.monitor.StoreTopics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Who holds which part of which store, as the last assignment has it, and readers of what is here. */
final class StateQueries {

    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();
    private volatile HostInfo thisInstance = HostInfo.unavailable();
    /** Numbers of parts never change; an assignment that is not whole must not make them fewer. */
    private final Map<String, Integer> partsByStore = new ConcurrentHashMap<>();

    private record Running(KafkaStreams streams, StoreTopics topics, OffsetLags lags) {}

    /**
     * Where a key is.
     *
     * @param part of the store
     * @param active the instance that holds it
     * @param copies instances that keep a copy
     * @param isHere whether this instance holds it
     */
    record Owner(int part, HostInfo active, List<HostInfo> copies, boolean isHere) {}

    void use(KafkaStreams streams, StoreTopics topics) {
        running.set(new Running(streams, topics, new OffsetLags(streams::allLocalStorePartitionLags)));
    }

    /** Tells under which address the others know this instance. */
    void useAddress(String advertised) {
        thisInstance = HostInfo.buildFromEndpoint(advertised);
    }

    /** This instance. */
    HostInfo here() {
        return thisInstance;
    }

    /** True when the stores can be read in full. */
    boolean isReady() {
        Running now = running.get();
        return now != null && now.streams().state() == KafkaStreams.State.RUNNING;
    }

    /** What stands in the way of {@link #isReady}, in a word. */
    String state() {
        Running now = running.get();
        return now == null ? "STARTING" : now.streams().state().name();
    }

    /** Reads all that is here and up to date. */
    StateReader all() {
        return new StateReader(running().streams(), null, false);
    }

    /** Reads a part that this instance holds. */
    StateReader part(int part) {
        return new StateReader(running().streams(), part, false);
    }

    /**
     * A part in whatever state it is here.
     *
     * @param lag records that it is behind its changelog; null: not known
     */
    record Copy(StateReader reader, @Nullable Long lag) {}

    /** A part that this instance is to hold, in whatever state it is, on the move. */
    Copy own(String store, int part) {
        Running now = running();
        return new Copy(new StateReader(now.streams(), part, true), now.lags().lag(store, part));
    }

    /**
     * A part that another instance holds, as it is here.
     *
     * @return null: nobody writes to the copy of a store without a changelog, it is what this instance once held
     */
    @Nullable
    Copy copy(String store, int part) {
        Copy copy = own(store, part);
        return copy.lag() == null ? null : copy;
    }

    /** The instance that holds the key, and those that have a copy. */
    Owner owner(String store, String key) {
        try {
            KeyQueryMetadata metadata = running().streams().queryMetadataForKey(store, key, new StringSerializer());
            if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                throw Problem.moving();
            }
            HostInfo active = metadata.activeHost();
            return new Owner(metadata.partition(), active, List.copyOf(metadata.standbyHosts()), active.equals(here()));
        } catch (IllegalStateException | StreamsNotStartedException e) {
            throw Problem.moving();
        }
    }

    /** Instances that hold parts of a store, and which. */
    Map<HostInfo, Set<Integer>> holders(String store) {
        return parts(store, StreamsMetadata::topicPartitions);
    }

    /** Instances that keep copies of parts of a store, and of which. */
    Map<HostInfo, Set<Integer>> copies(String store) {
        return parts(store, StreamsMetadata::standbyTopicPartitions);
    }

    /** How many parts a store has, as far as is known; they are numbered from 0. */
    int parts(String store) {
        int most = 0;
        for (Set<Integer> parts : holders(store).values()) {
            for (int part : parts) {
                most = Math.max(most, part + 1);
            }
        }
        return partsByStore.merge(store, most, Math::max);
    }

    private Map<HostInfo, Set<Integer>> parts(
            String store, Function<StreamsMetadata, ? extends Collection<TopicPartition>> assigned) {
        Running now = running();
        try {
            Map<HostInfo, Set<Integer>> parts =
                    new TreeMap<>((one, other) -> Peers.name(one).compareTo(Peers.name(other)));
            for (StreamsMetadata instance : now.streams().metadataForAllStreamsClients()) {
                Set<Integer> its = now.topics().parts(store, assigned.apply(instance));
                if (!its.isEmpty()) {
                    parts.put(instance.hostInfo(), its);
                }
            }
            return parts;
        } catch (IllegalStateException | StreamsNotStartedException e) {
            throw Problem.moving();
        }
    }

    /** All other instances of which is known that they run. */
    List<HostInfo> others() {
        try {
            List<HostInfo> others = new ArrayList<>();
            for (StreamsMetadata instance : running().streams().metadataForAllStreamsClients()) {
                if (!instance.hostInfo().equals(here())) {
                    others.add(instance.hostInfo());
                }
            }
            return others;
        } catch (IllegalStateException | StreamsNotStartedException e) {
            throw Problem.moving();
        }
    }

    private Running running() {
        Running now = running.get();
        if (now == null) {
            throw Problem.moving();
        }
        return now;
    }
}
