package io.plimsoll.server.cli;

import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.PlainJson;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.connectors.Replay;
import io.plimsoll.connectors.ReplaySpeed;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.Quiescence;
import io.plimsoll.server.monitor.RegistryClients;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.server.rules.RuleChanges;
import io.plimsoll.server.rules.RuleFile;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.RecordOrder;
import java.io.PrintWriter;
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

    private static final int USUAL_PORT = 8080;

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

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = {
                "event-time: the same states and alerts each time; arrival: as live, and faster.",
                "Default: event-time in this process, else what monitor.order says."
            })
    private @Nullable String order;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Alert rules as YAML, in force from the first record on: docs/rules.md.")
    private @Nullable Path rules;

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
        if (exit || json || dataDir != null || port != null || rules != null) {
            throw new UsageException(
                    "--exit, --json, --port, --data-dir and --rules are for a replay in this process, not for one with --config"
                            + " or --bootstrap");
        }
        PlimsollConfig config = cluster.config();
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        try (KafkaRecordSink sink =
                new KafkaRecordSink(config.kafka(), RegistryClients.connect(config.schemaRegistry()))) {
            play(replay, RecordingMonitor.sink(order(config.monitor().order()), sink));
        }
        return ExitCode.OK;
    }

    private RecordOrder order(RecordOrder otherwise) {
        if (order == null) {
            return otherwise;
        }
        return switch (order) {
            case "event-time" -> RecordOrder.EVENT_TIME;
            case "arrival" -> RecordOrder.ARRIVAL;
            default -> throw new UsageException("--order is " + order + ", allowed is event-time or arrival");
        };
    }

    private int intoThisProcess(Replay replay, ServerRun run) {
        List<Rule> inForce = rules == null ? List.of() : RuleFile.read(rules);
        int chosen = port == null ? (exit || json ? 0 : USUAL_PORT) : port;
        RecordingMonitor monitor = RecordingMonitor.start(run, dataDir, chosen, order(RecordOrder.EVENT_TIME));
        PlimsollConfig config = monitor.config();
        PlimsollServer server = monitor.server();
        if (!server.awaitReady()) {
            return ExitCode.FAILURE;
        }
        if (!exit && !json) {
            err().println("Replaying; the monitor is at http://localhost:" + server.port());
            err().println("Kafka for your own readers: " + config.bootstrapServers()
                    + ", schema registry: http://localhost:" + server.port());
            err().flush();
        }
        try (KafkaRecordSink sink = new KafkaRecordSink(config.kafka(), monitor.registry())) {
            RuleChanges.of(inForce, Map.of()).write(sink, false, RecordingMonitor.RULES_MS);
            play(replay, RecordingMonitor.sink(config.monitor().order(), sink));
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

    private void play(Replay replay, RecordSink sink) {
        long records = RecordingMonitor.play(replay, sink);
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

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
