package io.plimsoll.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.schemas.Topic;
import io.plimsoll.server.monitor.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @Test
    void shouldKeepRecordsOverARestart(@TempDir Path dir) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
            createTopic(kafka);
            produce(kafka, "first", new byte[] {1});
        }

        List<String> keys;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
            produce(kafka, "second", new byte[] {2});
            keys = keys(kafka, 2);
        }

        assertThat(keys).containsExactly("first", "second");
    }

    @Test
    void shouldTakeARecordAsLargeAsADeadLetterMayBe() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            createTopic(kafka);

            produce(kafka, "large", new byte[Topic.MAX_RECORD_BYTES - 1024]);

            assertThat(keys(kafka, 1)).containsExactly("large");
        }
    }

    @Test
    void shouldRefuseADirectoryThatAnotherBrokerUses(@TempDir Path dir) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
            assertThat(kafka.bootstrapServers()).startsWith(EmbeddedKafka.HOST);

            assertThatThrownBy(() -> EmbeddedKafka.start(dir, 0))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(dir + " is in use");
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            NewTopic topic = new NewTopic(PARTITION.topic(), 1, (short) 1)
                    .configs(Map.of("max.message.bytes", Integer.toString(Topic.MAX_RECORD_BYTES)));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void produce(EmbeddedKafka kafka, String key, byte[] value) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "max.request.size",
                Topic.MAX_RECORD_BYTES,
                "buffer.memory",
                2L * Topic.MAX_RECORD_BYTES);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), key, value)).get();
        }
    }

    private static List<String> keys(EmbeddedKafka kafka, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest");
        List<String> keys = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    keys.add(record.key());
                }
                return keys.size() >= count;
            });
        }
        return keys;
    }
}
