package io.plimsoll.server.rules;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.UnreadableRecordException;
import io.plimsoll.schemas.avro.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules that are on their topic. */
public final class RuleTopic {

    private static final Logger LOG = LoggerFactory.getLogger(RuleTopic.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private RuleTopic() {}

    /**
     * The rules in force by id: the newest record of each key, tombstones left out. Reads the topic up to its present end.
     *
     * @param kafkaConfig Kafka client settings, at least {@code bootstrap.servers}
     */
    public static Map<String, Rule> read(Map<String, ?> kafkaConfig, SchemaRegistryClient registry) {
        Map<String, Object> settings = new HashMap<>(kafkaConfig);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "plimsoll-rules");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        Deserializer<Rule> reader = new AvroSerdes(registry).of(Topics.RULES).deserializer();
        Map<String, Rule> rules = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.RULES.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(POLL).forEach(record -> take(record, reader, rules));
            }
        }
        return rules;
    }

    private static void take(
            ConsumerRecord<byte[], byte[]> record, Deserializer<Rule> reader, Map<String, Rule> rules) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        try {
            Rule rule = reader.deserialize(record.topic(), record.value());
            if (rule == null) {
                rules.remove(id);
            } else {
                rules.put(id, rule);
            }
        } catch (UnreadableRecordException e) {
            LOG.warn("Rule {} at offset {} cannot be read and is passed over: {}", id, record.offset(), e.getMessage());
        }
    }
}
