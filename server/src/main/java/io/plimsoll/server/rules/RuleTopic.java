package io.plimsoll.server.rules;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.UnreadableRecordException;
import io.plimsoll.schemas.avro.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules that are on their topic. */
public final class RuleTopic {

    private static final Logger LOG = LoggerFactory.getLogger(RuleTopic.class);

    private RuleTopic() {}

    /**
     * The rules in force by id: the newest record of each key, tombstones left out. Reads the topic up to its present end.
     *
     * @param kafkaConfig Kafka client settings, at least {@code bootstrap.servers}
     */
    public static Map<String, Rule> read(Map<String, ?> kafkaConfig, SchemaRegistryClient registry) {
        Deserializer<Rule> reader = new AvroSerdes(registry).of(Topics.RULES).deserializer();
        Map<String, Rule> rules = new TreeMap<>();
        TopicScan.read(kafkaConfig, Topics.RULES.name(), record -> take(record, reader, rules));
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
