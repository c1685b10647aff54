package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.ConnectConfig;
import io.plimsoll.server.connect.EmbeddedConnect;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.http.HttpServer;
import io.plimsoll.server.monitor.TopicCreation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.kafka.connect.runtime.isolation.PluginClassLoader;
import org.apache.kafka.connect.runtime.isolation.PluginDesc;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.source.SourceConnector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the connectors, unpacked into the plugin path of a worker. The package phase of the connectors makes it. */
class PluginArchiveIT {

    private static final String FILE = "io.plimsoll.connectors.file.FileSourceConnector";
    private static final String LINE = """
            {"topic":"positions","key":"bank:desk:BTC","timestamp":1767225600000,"value":{"venue":"bank",\
            "account":"desk","symbol":"BTC","size":-1.5,"entryPrice":71000}}
            """;

    @TempDir
    private Path dir;

    private Path plugins;

    @BeforeEach
    void unpack() throws IOException {
        plugins = Files.createDirectory(dir.resolve("plugins"));
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive("tar.gz")))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = plugins.resolve(entry.getName()).normalize();
                assertThat(target).startsWithRaw(plugins);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                }
            }
        }
    }

    private static Path archive(String type) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../connectors/target"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches("plimsoll-connectors-.*-plugin\\." + type))
                    .toList();
            assertThat(found)
                    .describedAs("archives in connectors/target, which mvn package makes there")
                    .hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void shouldHoldTheConnectorsWhatTheyNeedAndTheLicences() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.walk(plugins)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> names.add(file.getFileName().toString()));
        }

        assertThat(names).contains("LICENSE", "NOTICE", "THIRD-PARTY.md", "README.md");
        assertThat(names)
                .anyMatch(name -> name.startsWith("plimsoll-connectors-"))
                .anyMatch(name -> name.startsWith("avro-"))
                .noneMatch(name -> name.matches("(kafka-clients|connect-api|connect-runtime|slf4j-api).*"));
        String licences;
        try (Stream<Path> all = Files.walk(plugins)) {
            licences = Files.readString(all.filter(file -> file.endsWith("THIRD-PARTY.md"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(names)
                .filteredOn(name -> name.endsWith(".jar"))
                .allSatisfy(name -> assertThat(licences).contains("| " + name.replaceAll("-\\d.*", "") + " |"));
        assertThat(archive("zip")).isNotEmptyFile();
    }

    @Test
    void shouldGiveAWorkerEveryConnectorByALoaderOfItsOwn() throws ReflectiveOperationException {
        Plugins found = new Plugins(Map.of("plugin.path", plugins.toString(), "plugin.discovery", "service_load"));
        List<String> ours = ServiceLoader.load(SourceConnector.class).stream()
                .map(provider -> provider.type().getName())
                .filter(name -> name.startsWith("io.plimsoll.connectors."))
                .toList();

        // The test's own class path has them, too; what counts is what comes from the archive.
        List<PluginDesc<SourceConnector>> unpacked = found.sourceConnectors().stream()
                .filter(plugin -> plugin.location().contains(plugins.toString()))
                .toList();

        assertThat(ours).contains(FILE);
        assertThat(unpacked).extracting(PluginDesc::className).containsExactlyInAnyOrderElementsOf(ours);
        for (PluginDesc<SourceConnector> plugin : unpacked) {
            assertThat(plugin.loader()).describedAs(plugin.className()).isInstanceOf(PluginClassLoader.class);
            SourceConnector connector =
                    plugin.pluginClass().getDeclaredConstructor().newInstance();
            assertThat(connector.getClass().getClassLoader()).isSameAs(plugin.loader());
            // Its settings load classes that only the archive has.
            assertThat(connector.config().names()).contains("schema.registry.url");
        }
    }

    @Test
    @Timeout(900)
    void shouldWriteRecordsFromARealWorker() throws Exception {
        Path recording = Files.writeString(dir.resolve("book.jsonl"), LINE);
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            PlimsollConfig config = ConfigReader.read(
                    null,
                    Map.of("PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "PLIMSOLL_HTTP_PORT", "0"));
            TopicCreation.createMissing(config, TopicCreation.Retention.FOR_EVER);
            ConnectConfig connect = new ConnectConfig(
                    Map.of("desk", Map.of("connector.class", FILE, "path", recording.toString())),
                    Map.of("plugin.path", plugins.toString()));
            try (HttpServer http = HttpServer.start(config, registry);
                    EmbeddedConnect worker = EmbeddedConnect.start(config, connect, "http://127.0.0.1:" + http.port());
                    TopicReader<Position> positions = new TopicReader<>(
                            kafka.bootstrapServers(),
                            Topics.POSITIONS.name(),
                            new AvroSerdes(registry.client())
                                    .of(Topics.POSITIONS)
                                    .deserializer(),
                            "read_committed")) {
                Awaitility.await().atMost(Scene.PATIENCE).untilAsserted(() -> {
                    assertThat(worker.health().get("desk").isUp()).isTrue();
                    assertThat(positions.latest()).containsOnlyKeys("bank:desk:BTC");
                });
                assertThat(worker.plugins().get(FILE)).anyMatch(place -> place.contains(plugins.toString()));
            }
        }
    }
}
