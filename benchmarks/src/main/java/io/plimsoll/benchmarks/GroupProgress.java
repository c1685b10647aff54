package io.plimsoll.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has come, by its committed offsets. */
final class GroupProgress {

    private final Admin admin;
    private final String group;
    private final Map<String, Collection<TopicPartition>> partitionsByTopic = new HashMap<>();

    GroupProgress(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Records of a topic that the group has not yet committed. */
    long lag(String topic) {
        return lag(partitionsByTopic.computeIfAbsent(topic, this::partitions), committed());
    }

    /** The same over all topics that the group has committed anything of. */
    long totalLag() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        return lag(committed.keySet(), committed);
    }

    /** Waits until nothing is left in the topics, the later ones being filled from the earlier ones. */
    void awaitWorkedOff(String... topicsInOrder) {
        for (String topic : topicsInOrder) {
            Waiting.until(group + " has worked off " + topic, () -> lag(topic) == 0);
        }
    }

    private long lag(Collection<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
        var ends = BenchBroker.answer(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all());
        long lag = 0;
        for (var end : ends.entrySet()) {
            OffsetAndMetadata reached = committed.get(end.getKey());
            lag += end.getValue().offset() - (reached == null ? 0 : reached.offset());
        }
        return lag;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return BenchBroker.answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private Collection<TopicPartition> partitions(String topic) {
        return BenchBroker.answer(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .flatMap(described -> described.partitions().stream())
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }
}
