package io.plimsoll.server.monitor;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * From which topics each state store is made. A store has as many parts as its topics have partitions, and part 2 of it is
 * where partition 2 of its topics is read.
 */
public final class StoreTopics {

    private final Map<String, Set<String>> topicsByStore;

    private StoreTopics(Map<String, Set<String>> topicsByStore) {
        this.topicsByStore = topicsByStore;
    }

    /** Takes them from a topology; its internal topics have the application's id before their name. */
    public static StoreTopics of(Topology topology, String applicationId) {
        Map<String, Set<String>> topicsByStore = new HashMap<>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            Set<String> topics = new TreeSet<>();
            Set<String> stores = new TreeSet<>();
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
                    topics.addAll(source.topicSet());
                    source.topicSet().forEach(topic -> topics.add(applicationId + "-" + topic));
                } else if (node instanceof TopologyDescription.Processor processor) {
                    stores.addAll(processor.stores());
                }
            }
            stores.forEach(store -> topicsByStore.put(store, topics));
        }
        return new StoreTopics(topicsByStore);
    }

    /** The parts of a store that go with partitions of topics. */
    public Set<Integer> parts(String store, Collection<TopicPartition> partitions) {
        Set<String> topics = topicsByStore.getOrDefault(store, Set.of());
        Set<Integer> parts = new TreeSet<>();
        for (TopicPartition partition : partitions) {
            if (topics.contains(partition.topic())) {
                parts.add(partition.partition());
            }
        }
        return parts;
    }
}
