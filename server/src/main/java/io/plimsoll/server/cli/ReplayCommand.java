package io.plimsoll.server.cli;

import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.connectors.Replay;
import io.plimsoll.connectors.ReplaySpeed;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.Quiescence;
import io.plimsoll.server.monitor.RegistryClients;
import io.plimsoll.server.monitor.StartException;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.topology.MonitorStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Plays recordings: into a Kafka and a monitor in this process, or into your own Kafka with --config.",
            "Several files are merged by event time."
        })
final class ReplayCommand implements Callable<Integer> {

    private static final String USUAL_PORT = "8080";

    /** Recordings may be of any age: a window's changelog must not lose what is older than Kafka's retention. */
    private static final String HUNDRED_YEARS_MS = "3155760000000";

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Recordings, JSON lines, gzipped or not: docs/recordings.md.")
    private List<Path> files = List.of();

    @Option(
            names = "--speed",
            defaultValue = "max",
            description = "max, or event time per clock time: 1x, 60x (${DEFAULT-VALUE}).")
    private String speed = "max";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--exit", description = "Stop when everything is digested.")
    private boolean exit;

    @Option(names = "--json", description = "Stop then too, and print the final state of every market as JSON.")
    private boolean json;

    @Option(names = "--port", description = "HTTP port, 0 for a free one (" + USUAL_PORT + "; with --exit a free one).")
    private @Nullable Integer port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep Kafka's records and the state here; without it they are gone at the end.")
    private @Nullable Path dataDir;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    ReplayCommand() {}

    @Override
    public Integer call() {
        Replay replay = new Replay(files, ReplaySpeed.parse(speed), new ReplayProgress(err()));
        if (cluster.given()) {
            return intoCluster(replay);
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw new UsageException("--port is " + port + ", allowed is 0 (any free port) to 65535");
        }
        try (ServerRun run = new ServerRun()) {
            return intoThisProcess(replay, run);
        }
    }

    private int intoCluster(Replay replay) {
        if (exit || json || dataDir != null || port != null) {
            throw new UsageException(
                    "--exit, --json, --port and --data-dir are for a replay in this process, not for one with --config"
                            + " or --bootstrap");
        }
        PlimsollConfig config = cluster.config();
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        try (KafkaRecordSink sink =
                new KafkaRecordSink(config.kafka(), RegistryClients.connect(config.schemaRegistry()))) {
            play(replay, sink);
        }
        return ExitCode.OK;
    }

    private int intoThisProcess(Replay replay, ServerRun run) {
        Path dir = dataDir == null ? temporaryDir(run) : dataDir;
        PortCheck.requireFree(config(dir, "").http());
        EmbeddedKafka kafka = run.closing(EmbeddedKafka.start(dir.resolve("kafka"), 0));
        EmbeddedRegistry registry = EmbeddedRegistry.open(dir.resolve("registry.json"));
        PlimsollConfig config = config(dir, kafka.bootstrapServers());
        TopicCreation.createMissing(config, TopicCreation.Retention.FOR_EVER);
        PlimsollServer server = run.closing(PlimsollServer.start(config, registry.client(), registry));
        run.endWith(server);
        if (!server.awaitReady()) {
            return ExitCode.FAILURE;
        }
        if (!exit && !json) {
            err().println("Replaying; the monitor is at http://localhost:" + server.port());
            err().println("Kafka for your own readers: " + kafka.bootstrapServers()
                    + ", schema registry: http://localhost:" + server.port());
            err().flush();
        }
        try (KafkaRecordSink sink = new KafkaRecordSink(config.kafka(), registry.client())) {
            play(replay, sink);
        }
        if (!exit && !json) {
            err().println("The monitor goes on, Ctrl-C stops it");
            err().flush();
            return run.await(null);
        }
        try (Quiescence quiescence = new Quiescence(config)) {
            if (!quiescence.await(
                    () -> marketStates(server), () -> server.failure().isDone())) {
                return ExitCode.FAILURE;
            }
        }
        if (json) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(marketStates(server).values().stream().collect(Collectors.joining(",\n ", "[", "]")));
            out.flush();
        }
        return ExitCode.OK;
    }

    private void play(Replay replay, KafkaRecordSink sink) {
        long records = replay.run(sink, () -> Thread.currentThread().isInterrupted());
        err().printf("Replayed %,d records%n", records);
        err().flush();
    }

    /** Market to its state in JSON; every time in it is event time. */
    private static Map<String, String> marketStates(PlimsollServer server) {
        Map<String, String> states = new TreeMap<>();
        try (KeyValueIterator<String, MarketState> all = server.monitor()
                .streams()
                .store(StoreQueryParameters.fromNameAndType(
                        MonitorStores.MARKET_STATES, MonitorStores.MARKET_STATE_TYPE))
                .all()) {
            all.forEachRemaining(
                    entry -> states.put(entry.key, PlainJson.toJson(entry.value).toString()));
        }
        return states;
    }

    private PlimsollConfig config(Path dir, String bootstrapServers) {
        String usualPort = exit || json ? "0" : USUAL_PORT;
        return ConfigReader.read(
                null,
                Map.of(
                        "PLIMSOLL_HTTP_PORT",
                        port == null ? usualPort : Integer.toString(port),
                        // A start after a hard kill need not wait for Kafka to give up the dead member.
                        "PLIMSOLL_INSTANCE_ID",
                        "replay",
                        "PLIMSOLL_DATA_DIR",
                        dir.toString(),
                        "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS",
                        bootstrapServers,
                        "PLIMSOLL_STREAMS_WINDOWSTORE_CHANGELOG_ADDITIONAL_RETENTION_MS",
                        HUNDRED_YEARS_MS));
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

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
