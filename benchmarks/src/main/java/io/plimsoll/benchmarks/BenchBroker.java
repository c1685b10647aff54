package io.plimsoll.benchmarks;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.topology.MeasureSettings;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.measures.MeasureGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The broker that all measurements share, with its registry and its topics. */
final class BenchBroker implements AutoCloseable {

    private final Path dir;
    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
    private final Admin admin;
    private final int partitions;
    private final MonitorSettings settings;

    private BenchBroker(Path dir, int partitions, Set<MeasureGroup> measures) {
        this.dir = dir;
        this.partitions = partitions;
        this.settings = MonitorSettings.defaults()
                .withPartitions(partitions)
                .withMeasures(new MeasureSettings(MeasureSettings.DEFAULT.publish(), measures));
        this.kafka = EmbeddedKafka.start(dir.resolve("kafka"), 0);
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /**
     * Starts it.
     *
     * @param partitions of all topics
     * @param measures groups of measures that monitors on it have in force
     */
    static BenchBroker start(int partitions, Set<MeasureGroup> measures) {
        try {
            return new BenchBroker(Files.createTempDirectory("plimsoll-bench-"), partitions, measures);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    SchemaRegistryClient registry() {
        return registry.client();
    }

    Admin admin() {
        return admin;
    }

    Path stateDir() {
        return dir.resolve("state");
    }

    /** As many readers of the event stream as (j) has. */
    static final int STREAM_CLIENTS = 200;

    /** The monitor's configuration: the defaults, but for threads and partitions. */
    PlimsollConfig config(String applicationId, int threads) {
        return config(applicationId, threads, Map.of());
    }

    /** The same with settings of Kafka Streams. */
    PlimsollConfig config(String applicationId, int threads, Map<String, String> streams) {
        return new PlimsollConfig(
                applicationId,
                null,
                dir,
                threads,
                new PlimsollConfig.HttpConfig(EmbeddedKafka.HOST, 0, null),
                new PlimsollConfig.RegistryConfig("http://unused", true, Map.of()),
                new PlimsollConfig.TopicsConfig(true, partitions, 1),
                new PlimsollConfig.AlertsConfig(STREAM_CLIENTS, null),
                settings,
                Map.of("bootstrap.servers", bootstrapServers()),
                streams,
                PlimsollConfig.ConnectConfig.NONE);
    }

    void createTopics(String... names) {
        create(Arrays.stream(names).map(name -> new NewTopic(name, partitions, (short) 1)));
    }

    /** Creates the topics that a monitor needs, empty: those of an earlier measurement go. */
    void renewTopics() {
        removeTopics();
        TopicCreation.createMissing(config("topics", 1), TopicCreation.Retention.CATALOGUE);
        awaitKnown(names());
    }

    private void create(Stream<NewTopic> topics) {
        List<NewTopic> all = topics.toList();
        answer(admin.createTopics(all).all());
        // Created is not yet known to all: Streams stops for good when it misses a source topic.
        awaitKnown(all.stream().map(NewTopic::name).toList());
    }

    /** Removes all topics but Kafka's own. */
    void removeTopics() {
        answer(admin.deleteTopics(names()).all());
        Waiting.until("topics are gone", () -> names().isEmpty());
    }

    private void awaitKnown(List<String> topics) {
        Waiting.until("topics are there", () -> {
            try {
                return admin.describeTopics(topics).allTopicNames().get().values().stream()
                        .allMatch(topic -> topic.partitions().size() == partitions
                                && topic.partitions().stream().allMatch(one -> one.leader() != null));
            } catch (ExecutionException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }

    private List<String> names() {
        return answer(admin.listTopics().names()).stream()
                .filter(name -> !name.startsWith("__"))
                .toList();
    }

    static <T> T answer(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refuses: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
        try (Stream<Path> paths = Files.walk(dir)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + dir, e);
        }
    }
}
