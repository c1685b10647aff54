package io.plimsoll.server.it;

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

/** All that is on a topic, read up to its end each time it is asked. */
public final class TopicReader<V> implements AutoCloseable {

    private final KafkaConsumer<String, V> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<String, V>> records = new ArrayList<>();
    private final Map<String, V> latest = new TreeMap<>();

    public TopicReader(String bootstrapServers, String topic, Deserializer<V> values) {
        this(bootstrapServers, topic, values, "read_uncommitted");
    }

    /** One that sees what Kafka's setting isolation.level says. */
    TopicReader(String bootstrapServers, String topic, Deserializer<V> values, String isolation) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "isolation.level",
                isolation);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values);
        partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The newest value of every key, as a reader of the topic knows it. */
    public Map<String, V> latest() {
        readToEnd();
        return latest;
    }

    /** Every record, in order within its partition. */
    public List<ConsumerRecord<String, V>> all() {
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
