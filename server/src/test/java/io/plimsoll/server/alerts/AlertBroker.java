package io.plimsoll.server.alerts;

import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.TopicCreation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with the contract's topics, on which tests write alerts themselves. */
public final class AlertBroker implements AutoCloseable {

    private final EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
    private final EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
    private final KafkaRecordSink sink;
    private final Admin admin;
    private final TopicFollower<DeadLetter> deadLetterReader;
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

    public AlertBroker() {
        AvroSerdes.trustOwnRecords();
        PlimsollConfig config = config("tests", Map.of());
        TopicCreation.createMissing(config, TopicCreation.Retention.FOR_EVER);
        sink = new KafkaRecordSink(config.kafka(), registry.client());
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        deadLetterReader = new TopicFollower<>(
                config,
                registry.client(),
                Topics.DEAD_LETTERS,
                (key, partition, offset, timestampMs, letter) -> deadLetters.add(letter),
                Clock.systemUTC());
        deadLetterReader.start();
    }

    /** Of an application of that name; settings by environment variable. */
    public PlimsollConfig config(String applicationId, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PLIMSOLL_APPLICATION_ID", applicationId);
        all.put("PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        return ConfigReader.read(null, all);
    }

    public EmbeddedRegistry registry() {
        return registry;
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public AlertDelivery start(PlimsollConfig config) {
        return AlertDelivery.start(config, registry.client(), sink, "monitor:8080");
    }

    public void write(Alert... alerts) {
        synchronized (sink) {
            for (Alert alert : alerts) {
                sink.write(Topics.ALERTS.name(), Alerts.key(alert), alert.getAsOfMs(), alert);
            }
            sink.flush();
        }
    }

    /** What is no alert. */
    void writeBytes(String key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ALERTS.name(), key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    public List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** True if the group has said that it is done with the whole alerts topic. */
    public boolean isDone(PlimsollConfig config) throws Exception {
        var committed = admin.listConsumerGroupOffsets(AlertWebhook.groupId(config))
                .partitionsToOffsetAndMetadata()
                .get();
        Set<TopicPartition> partitions = admin
                .describeTopics(List.of(Topics.ALERTS.name()))
                .allTopicNames()
                .get()
                .get(Topics.ALERTS.name())
                .partitions()
                .stream()
                .map(partition -> new TopicPartition(Topics.ALERTS.name(), partition.partition()))
                .collect(Collectors.toSet());
        var ends = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                .all()
                .get();
        return partitions.stream().allMatch(partition -> {
            long end = ends.get(partition).offset();
            return end == 0
                    || (committed.get(partition) != null
                            && committed.get(partition).offset() == end);
        });
    }

    /** Members of the group that have partitions. */
    public long workers(PlimsollConfig config) throws Exception {
        String group = AlertWebhook.groupId(config);
        for (MemberDescription member : admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()) {
            if (member.assignment().topicPartitions().isEmpty()) {
                return 0;
            }
        }
        return admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()
                .size();
    }

    @Override
    public void close() {
        deadLetterReader.close();
        admin.close();
        sink.close();
        kafka.close();
    }
}
