package io.plimsoll.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledBrokerIT {

    private static final int RECORDS = 500;
    private static final String TOPIC = "kept";

    @Test
    void shouldKeepAcknowledgedRecordsOverAHardKill(@TempDir Path dir) throws Exception {
        killOnceItHasSpoken(Victim.class, dir);

        long kept;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            kept = consumer.endOffsets(List.of(partition), Duration.ofSeconds(30))
                    .get(partition);
        }

        assertThat(kept).isEqualTo(RECORDS);
    }

    /** A kill finds a transaction in the middle of its commit every second or third time. */
    @RepeatedTest(4)
    void shouldLeaveNoTransactionOpenForEver(@TempDir Path dir) throws Exception {
        killOnceItHasSpoken(Committer.class, dir);

        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            // Before the coordinator has read its log there are none.
            Awaitility.await("the transaction is over")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(admin.listTransactions().all().get())
                                    .hasSize(1)
                                    .extracting(TransactionListing::state)
                                    .containsAnyOf(TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT));

            assertThat(admin.describeProducers(Committer.partitions()).all().get())
                    .hasSize(Committer.PARTITIONS)
                    .allSatisfy((partition, producers) -> assertThat(producers.activeProducers())
                            .isNotEmpty()
                            .allMatch(producer ->
                                    producer.currentTransactionStartOffset().isEmpty()));
        }
    }

    private static void killOnceItHasSpoken(Class<?> program, Path dir) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = victim.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("written");
        } finally {
            victim.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    /** Commits one transaction after the other, and says so when it is well under way. */
    static final class Committer {

        static final int PARTITIONS = 40;
        private static final int UNDER_WAY = 200;

        static List<TopicPartition> partitions() {
            return IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new TopicPartition(TOPIC, number))
                    .toList();
        }

        public static void main(String[] args) throws Exception {
            EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), 0);
            Map<String, Object> settings =
                    Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "committer");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                for (int transaction = 1; true; transaction++) {
                    producer.beginTransaction();
                    for (TopicPartition partition : partitions()) {
                        producer.send(new ProducerRecord<>(TOPIC, partition.partition(), "key", "value"));
                    }
                    producer.commitTransaction();
                    if (transaction == UNDER_WAY) {
                        System.out.println("written");
                    }
                }
            }
        }
    }

    /** Writes its records, says so and waits for its end. */
    static final class Victim {

        public static void main(String[] args) throws Exception {
            EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), 0);
            Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(settings)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                for (int i = 0; i < RECORDS; i++) {
                    producer.send(new ProducerRecord<>(TOPIC, "key-" + i, "value"));
                }
            }
            System.out.println("written");
            Thread.currentThread().join();
        }
    }
}
