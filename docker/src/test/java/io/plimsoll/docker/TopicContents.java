package io.plimsoll.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that is committed on a topic, read up to its end each time it is asked. */
final class TopicContents<V> implements AutoCloseable {

    private final KafkaConsumer<String, V> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<String, V>> records = new ArrayList<>();
    private final Map<String, V> latest = new TreeMap<>();

    TopicContents(String bootstrapServers, String topic, Deserializer<V> values) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "isolation.level",
                        "read_committed",
                        "request.timeout.ms",
                        5_000),
                new StringDeserializer(),
                values);
        partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** The newest value of every key. */
    Map<String, V> latest() {
        readToEnd();
        return latest;
    }

    /** Every record, in order within its partition. */
    List<ConsumerRecord<String, V>> all() {
        readToEnd();
        return records;
    }

    private void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofMillis(100))) {
                records.add(record);
                latest.put(record.key(), record.value());
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
