package io.plimsoll.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.MountableFile;

/** The log, replayed by our image into one broker, one registry and one monitor, to which nothing happens. */
final class UndisturbedRun {

    private static final Duration START = Duration.ofMinutes(6);
    private static final String CONFIG = "/etc/plimsoll/plimsoll.yaml";
    private static final int HTTP = 8080;

    private static @Nullable Map<String, SpecificRecord> published;

    private UndisturbedRun() {}

    /** What it published, once that equals the oracle's word. Runs once for all who ask. */
    static synchronized Map<String, SpecificRecord> published() throws Exception {
        Map<String, SpecificRecord> known = published;
        if (known == null) {
            known = run();
            published = known;
        }
        return known;
    }

    private static Map<String, SpecificRecord> run() throws Exception {
        Images.build();
        Path recording = MonitorLog.recording(
                Files.createTempFile("plimsoll-recording", ".jsonl.gz"), MonitorLog.RECORDS_OF_YESTERDAY);
        try (Network network = Network.newNetwork();
                KafkaContainer kafka = new KafkaContainer("apache/kafka:4.3.1");
                GenericContainer<?> registry = new GenericContainer<>("apicurio/apicurio-registry:3.3.3");
                GenericContainer<?> monitor = program(network, "run", "--config", CONFIG);
                GenericContainer<?> replay =
                        program(network, "replay", "--config", CONFIG, "/tmp/recording.jsonl.gz")) {
            kafka.withNetwork(network)
                    .withListener("kafka:19092")
                    .withStartupTimeout(START)
                    .start();
            registry.withNetwork(network)
                    .withNetworkAliases("registry")
                    .withExposedPorts(HTTP)
                    .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").withStartupTimeout(START))
                    .start();
            monitor.withExposedPorts(HTTP)
                    .waitingFor(Wait.forHttp("/health/ready").forPort(HTTP).withStartupTimeout(START))
                    .start();
            replay.withCopyFileToContainer(MountableFile.forHostPath(recording, 0644), "/tmp/recording.jsonl.gz")
                    .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(START))
                    .start();
            String registryUrl =
                    "http://" + registry.getHost() + ":" + registry.getMappedPort(HTTP) + "/apis/ccompat/v7";
            try (Published contents = new Published(kafka.getBootstrapServers(), registryUrl)) {
                contents.awaitEqual(MonitorLog.oracle());
                return contents.all();
            }
        } finally {
            Files.delete(recording);
        }
    }

    private static GenericContainer<?> program(Network network, String... command) {
        return new GenericContainer<>(Images.PROGRAM)
                .withNetwork(network)
                .withEnv("PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", "kafka:19092")
                // The image listens on all addresses, of a network that is the test's own.
                .withEnv("PLIMSOLL_HTTP_AUTH_MODE", "none")
                .withEnv("PLIMSOLL_SCHEMA_REGISTRY_URL", "http://registry:8080/apis/ccompat/v7")
                .withCopyToContainer(Transferable.of("applicationId: plimsoll\n"), CONFIG)
                .withCommand(command);
    }
}
