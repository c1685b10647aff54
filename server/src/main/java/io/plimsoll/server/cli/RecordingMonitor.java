package io.plimsoll.server.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.MarkedRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.connectors.Replay;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.StartException;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.topology.RecordOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka, a schema registry and a monitor in this process, for what is in recordings.
 *
 * @param config what it runs with
 * @param registry the registry's client
 */
record RecordingMonitor(PlimsollConfig config, SchemaRegistryClient registry, PlimsollServer server) {

    /** Older than anything that is recorded: rules do not move event time. */
    static final long RULES_MS = Instant.parse("2009-01-03T00:00:00Z").toEpochMilli();

    /**
     * Starts all three.
     *
     * @param run closes them
     * @param dataDir where they keep what they know; null: in a folder that goes with them
     * @param port HTTP port, 0 for a free one
     * @param order in which records are processed
     */
    static RecordingMonitor start(ServerRun run, @Nullable Path dataDir, int port, RecordOrder order) {
        Path dir = dataDir == null ? temporaryDir(run) : dataDir;
        PortCheck.requireFree(config(dir, "", port, order).http());
        EmbeddedKafka kafka = run.closing(EmbeddedKafka.start(dir.resolve("kafka"), 0));
        EmbeddedRegistry registry = EmbeddedRegistry.open(dir.resolve("registry.json"));
        PlimsollConfig config = config(dir, kafka.bootstrapServers(), port, order);
        TopicCreation.createMissing(config, TopicCreation.Retention.FOR_EVER);
        PlimsollServer server = run.closing(PlimsollServer.start(config, registry.client(), registry));
        run.endWith(server);
        return new RecordingMonitor(config, registry.client(), server);
    }

    private static PlimsollConfig config(Path dir, String bootstrapServers, int port, RecordOrder order) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "PLIMSOLL_HTTP_PORT",
                Integer.toString(port),
                // A start after a hard kill need not wait for Kafka to give up the dead member.
                "PLIMSOLL_INSTANCE_ID",
                "replay",
                "PLIMSOLL_DATA_DIR",
                dir.toString(),
                "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                // Recordings may be of any age: a window's changelog must not lose what is older than Kafka's
                // retention.
                "PLIMSOLL_STREAMS_WINDOWSTORE_CHANGELOG_ADDITIONAL_RETENTION_MS",
                TopicCreation.HUNDRED_YEARS_MS,
                "PLIMSOLL_STREAMS_TOPIC_SEGMENT_MS",
                TopicCreation.HUNDRED_YEARS_MS));
        if (order == RecordOrder.EVENT_TIME) {
            settings.put("PLIMSOLL_MONITOR_ORDER", "event-time");
            // What is to be the same each time must not be counted twice after a crash either.
            settings.put("PLIMSOLL_STREAMS_PROCESSING_GUARANTEE", StreamsConfig.EXACTLY_ONCE_V2);
            // What waits for its turn is in memory: rather leave it to Kafka while those that it waits for are at work.
            settings.put("PLIMSOLL_STREAMS_MAX_TASK_IDLE_MS", "500");
        }
        return ConfigReader.read(null, settings);
    }

    /** Where a replay writes: with marks, where the monitor puts records in order by them. */
    static RecordSink sink(RecordOrder order, KafkaRecordSink sink) {
        return order == RecordOrder.EVENT_TIME ? MarkedRecordSink.of(sink) : sink;
    }

    /** Plays a recording to its end. */
    static long play(Replay replay, RecordSink sink) {
        long records = replay.run(sink, () -> Thread.currentThread().isInterrupted());
        if (sink instanceof MarkedRecordSink marked && !Thread.currentThread().isInterrupted()) {
            marked.end();
        }
        return records;
    }

    private static Path temporaryDir(ServerRun run) {
        try {
            Path dir = Files.createTempDirectory("plimsoll-replay-");
            run.closing(new TemporaryDir(dir));
            return dir;
        } catch (IOException e) {
            throw new StartException("cannot make a temporary directory: " + e.getMessage(), e);
        }
    }
}
