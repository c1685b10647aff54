package io.plimsoll.server.embedded;

import io.plimsoll.schemas.Topic;
import io.plimsoll.server.monitor.StartException;
import io.plimsoll.server.monitor.StreamsSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker, controller included, in this JVM. It listens on the loopback address only.
 *
 * <p>With a data directory of its own it keeps its records over a restart, a hard kill included; without one it works in
 * a temporary directory, removed on close.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** Address that the broker listens on. */
    public static final String HOST = "127.0.0.1";

    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final int port;
    private final DirectoryLock lock;
    private final @Nullable Path temporaryDir;

    private EmbeddedKafka(KafkaRaftServer server, int port, DirectoryLock lock, @Nullable Path temporaryDir) {
        this.server = server;
        this.port = port;
        this.lock = lock;
        this.temporaryDir = temporaryDir;
    }

    /** Starts a broker on a free port over a temporary directory. */
    public static EmbeddedKafka startTemporary() {
        try {
            Path dir = Files.createTempDirectory("plimsoll-kafka-");
            return start(dir, 0, dir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory for Kafka", e);
        }
    }

    /**
     * Starts a broker over that directory, which is formatted when it is new.
     *
     * @param port 0 for a free one
     * @throws StartException when the directory cannot be used, another broker being at work in it, for example
     */
    public static EmbeddedKafka start(Path dataDir, int port) {
        return start(dataDir, port, null);
    }

    private static EmbeddedKafka start(Path dataDir, int wantedPort, @Nullable Path temporaryDir) {
        int port = wantedPort == 0 ? freePort() : wantedPort;
        int controllerPort = freePort();
        DirectoryLock lock = DirectoryLock.take(dataDir);
        try {
            formatIfNew(dataDir);
            if (AfterHardKill.isSo(dataDir)) {
                AfterHardKill.unregister(
                        controllerSettings(dataDir, controllerPort), HOST + ":" + controllerPort, NODE_ID);
            }
            KafkaConfig settings = new KafkaConfig(settings(dataDir, port, controllerPort), false);
            KafkaRaftServer server = new KafkaRaftServer(settings, Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, port, lock, temporaryDir);
        } catch (KafkaException e) {
            lock.close();
            throw new StartException("Kafka cannot use the directory " + dataDir + ": " + e.getMessage(), e);
        }
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        lock.close();
        if (temporaryDir != null) {
            delete(temporaryDir);
        }
    }

    private static Map<String, String> controllerSettings(Path dataDir, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", dataDir.toAbsolutePath().toString());
        return settings;
    }

    private static Map<String, String> settings(Path dataDir, int port, int controllerPort) {
        Map<String, String> settings = controllerSettings(dataDir, controllerPort);
        settings.put("process.roles", "broker,controller");
        settings.merge("listeners", "BROKER://" + HOST + ":" + port, (controller, broker) -> broker + "," + controller);
        settings.put("advertised.listeners", "BROKER://" + HOST + ":" + port);
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("auto.create.topics.enable", "false");

        String maxRecord = Integer.toString(Topic.MAX_RECORD_BYTES);
        settings.put("message.max.bytes", maxRecord);
        settings.put("replica.fetch.max.bytes", maxRecord);
        settings.put("socket.request.max.bytes", Integer.toString(2 * Topic.MAX_RECORD_BYTES));

        // As the monitor's own, see StreamsSettings: Kafka's 100 KB are less than two packets of the loopback device.
        settings.put("socket.receive.buffer.bytes", Integer.toString(StreamsSettings.SOCKET_BUFFER_BYTES));
        settings.put("socket.send.buffer.bytes", Integer.toString(StreamsSettings.SOCKET_BUFFER_BYTES));

        // There is one broker, so there is one copy of everything.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        // Segments are preallocated nowhere, but their indexes are: 10 MB each for every partition by default.
        settings.put("log.index.size.max.bytes", "1048576");
        return settings;
    }

    private static void formatIfNew(Path dataDir) {
        if (Files.exists(dataDir.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(dataDir);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(dataDir.toAbsolutePath().toString())
                    .setMetadataLogDirectory(dataDir.toAbsolutePath().toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + dataDir + " for Kafka: " + e.getMessage(), e);
        }
    }

    /** A port that nobody listens on right now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + HOST, e);
        }
    }

    private static void delete(Path dir) {
        try (Stream<Path> paths = Files.walk(dir)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + dir, e);
        }
    }
}
