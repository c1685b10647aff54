package io.plimsoll.warehouse;

import io.plimsoll.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What is on a topic now, tombstones included.
 *
 * @param all in order within a partition
 */
record TopicRecords<V extends SpecificRecord>(Topic<V> topic, List<ConsumerRecord<String, V>> all) {

    static <V extends SpecificRecord> TopicRecords<V> read(
            String bootstrapServers, Topic<V> topic, Deserializer<V> values) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed");
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return new TopicRecords<>(topic, records);
    }

    /** Records that are no tombstones. */
    List<ConsumerRecord<String, V>> values() {
        return all.stream().filter(each -> Objects.nonNull(each.value())).toList();
    }

    /** The newest record of each key, keys whose newest is a tombstone left out. */
    Map<String, ConsumerRecord<String, V>> latest() {
        Map<String, ConsumerRecord<String, V>> latest = new LinkedHashMap<>();
        for (ConsumerRecord<String, V> each : all) {
            if (each.value() == null) {
                latest.remove(each.key());
            } else {
                latest.put(each.key(), each);
            }
        }
        return latest;
    }
}
