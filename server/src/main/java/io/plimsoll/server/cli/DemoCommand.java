package io.plimsoll.server.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.connectors.sim.SimulatorSettings;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.ConnectConfig;
import io.plimsoll.server.connect.EmbeddedConnect;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.StartException;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.server.rules.DefaultRules;
import io.plimsoll.server.rules.RuleChanges;
import io.plimsoll.server.rules.RuleTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description =
                "Runs everything in this process: Kafka, schema registry, a market simulator or live feeds, and the monitor.",
        footer = "%nThe simulated venue is called sim; nothing of it is a real market.")
final class DemoCommand implements Callable<Integer> {

    private static final String INDENT = "  ";

    @Option(names = "--port", defaultValue = "8080", description = "HTTP port, 0 for a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the simulator (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--accounts", defaultValue = "2000", description = "Simulated accounts (${DEFAULT-VALUE}).")
    private int accounts;

    @Option(names = "--markets", defaultValue = "12", description = "Simulated markets (${DEFAULT-VALUE}).")
    private int markets;

    @Option(names = "--speed", defaultValue = "1", description = "Simulated seconds per second (${DEFAULT-VALUE}).")
    private double speed;

    @ArgGroup(exclusive = false, heading = "%nReal venues instead of the simulator:%n")
    private @Nullable LiveOptions live;

    @Option(names = "--exit-after", paramLabel = "TIME", description = "Stop after this time (30s, 5m, 1h).")
    private @Nullable String exitAfter;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep Kafka's records and the state here; without it they are gone at the end.")
    private @Nullable Path dataDir;

    @Spec
    private CommandSpec spec;

    DemoCommand() {}

    @Override
    public Integer call() {
        long startedMs = System.nanoTime() / 1_000_000;
        SimulatorSettings simulator = simulatorSettings();
        ConnectConfig connectors = connectors();
        Duration most = exitAfter == null ? null : Times.duration("--exit-after", exitAfter);
        requirePort();
        PrintWriter out = spec.commandLine().getOut();
        try (ServerRun run = new ServerRun()) {
            out.println("Plimsoll demo: Kafka, schema registry, " + (live == null ? "simulator" : "connectors")
                    + " and monitor in one process ...");
            out.flush();
            Path dir = dataDir == null ? temporaryDir(run) : dataDir;
            PortCheck.requireFree(config(dir, "").http());
            EmbeddedKafka kafka = run.closing(EmbeddedKafka.start(dir.resolve("kafka"), 0));
            EmbeddedRegistry registry = EmbeddedRegistry.open(dir.resolve("registry.json"));
            PlimsollConfig config = config(dir, kafka.bootstrapServers());
            TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
            applyDefaultRules(config, registry.client());
            PlimsollServer server = run.closing(PlimsollServer.start(config, registry.client(), registry));
            run.endWith(server);
            if (live == null) {
                run.closing(simulation(simulator, config, registry.client(), run));
            } else {
                server.show(run.closing(EmbeddedConnect.start(config, connectors, registryUrl(config, server))));
            }
            if (server.awaitReady()) {
                long tookMs = System.nanoTime() / 1_000_000 - startedMs;
                out.printf("Ready after %.1f s: http://localhost:%d%n", tookMs / 1000.0, server.port());
                out.println(INDENT + source(simulator, connectors));
                out.println(INDENT + "Kafka for your own readers: " + kafka.bootstrapServers()
                        + ", schema registry: http://localhost:" + server.port());
                out.println(INDENT + "Ctrl-C stops it");
                out.flush();
            }
            return run.await(most);
        }
    }

    private SimulatorSettings simulatorSettings() {
        try {
            return new SimulatorSettings(seed, accounts, markets, speed);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private ConnectConfig connectors() {
        if (live == null) {
            return ConnectConfig.NONE;
        }
        for (String option : List.of("--seed", "--accounts", "--markets", "--speed")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new UsageException(option + " is for the simulator, which --live takes the place of");
            }
        }
        return live.connectors();
    }

    private static String registryUrl(PlimsollConfig config, PlimsollServer server) {
        return "http://" + config.http().host() + ":" + server.port();
    }

    private static String source(SimulatorSettings simulator, ConnectConfig connectors) {
        return connectors.connectors().isEmpty()
                ? simulator.accounts() + " simulated accounts in " + simulator.markets() + " markets, seed "
                        + simulator.seed() + "; venue \"sim\" is not a real one"
                : "live: "
                        + String.join(
                                ", ", new TreeSet<>(connectors.connectors().keySet()))
                        + "; how they are: /health/ready, and topic plimsoll.feed-status";
    }

    private void requirePort() {
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port is " + port + ", allowed is 0 (any free port) to 65535");
        }
    }

    private PlimsollConfig config(Path dir, String bootstrapServers) {
        return ConfigReader.read(
                null,
                Map.of(
                        "PLIMSOLL_HTTP_PORT",
                        Integer.toString(port),
                        // After a hard kill the next start takes the place of this one at once, where Kafka would
                        // otherwise wait for a dead member.
                        "PLIMSOLL_INSTANCE_ID",
                        "demo",
                        "PLIMSOLL_DATA_DIR",
                        dir.toString(),
                        "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS",
                        bootstrapServers));
    }

    /** Where nobody has applied rules yet; with --data-dir they may be the user's own. */
    private static void applyDefaultRules(PlimsollConfig config, SchemaRegistryClient registry) {
        Map<String, Rule> inForce = RuleTopic.read(config.kafka(), registry);
        if (inForce.isEmpty()) {
            try (RecordSink sink = new KafkaRecordSink(config.kafka(), registry)) {
                RuleChanges.of(DefaultRules.rules(), inForce).write(sink, false, System.currentTimeMillis());
            }
        }
    }

    private static Simulation simulation(
            SimulatorSettings settings, PlimsollConfig config, SchemaRegistryClient registry, ServerRun run) {
        return new Simulation(settings, new KafkaRecordSink(config.kafka(), registry), run);
    }

    private static Path temporaryDir(ServerRun run) {
        try {
            Path dir = Files.createTempDirectory("plimsoll-demo-");
            run.closing(new TemporaryDir(dir));
            return dir;
        } catch (IOException e) {
            throw new StartException("cannot make a temporary directory: " + e.getMessage(), e);
        }
    }
}
