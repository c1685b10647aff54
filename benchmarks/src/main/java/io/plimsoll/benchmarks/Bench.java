package io.plimsoll.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.plimsoll.benchmarks.BenchOptions.Part;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.topology.measures.MeasureGroup;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./plimsoll bench}: measures the monitor on a broker in this JVM and prints each figure as it comes. */
@Command(
        name = "plimsoll bench",
        mixinStandardHelpOptions = true,
        description = "Measures the monitor on a real Kafka broker in this process. What each figure means is in"
                + " docs/performance.md. \"plimsoll bench jmh\" runs the JMH benchmarks; options of JMH follow.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a measurement failed", "2:the command line cannot be used"})
public final class Bench implements Callable<Integer> {

    private static final List<Long> SIZES = List.of(1_000L, 10_000L, 100_000L, 1_000_000L);
    private static final long NAIVE_MOST = 100_000;
    private static final double STEADY_TICKS_PER_SECOND = 1_000;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "LETTER",
            description =
                    "Only these: a engine, b positions, c ticks, d naive, e latency, f memory, g restart, h looks, i alerts, j HTTP, s scenarios.")
    private @Nullable List<String> only;

    @Option(names = "--positions", split = ",", description = "Open positions in (c), as 1k,10k,100k,1m (default).")
    private @Nullable List<String> positions;

    @Option(names = "--seconds", description = "Least duration of each measurement, seconds (8; with --quick 2).")
    private @Nullable Double seconds;

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads (${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--partitions", defaultValue = "4", description = "Partitions of all topics (${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--streams",
            split = ",",
            paramLabel = "NAME=VALUE",
            description = "Settings of Kafka Streams in (i) and (j), as under streams in a configuration.")
    private Map<String, String> streams = Map.of();

    @Option(
            names = "--measures",
            paramLabel = "GROUPS",
            defaultValue = "all",
            description = "Groups of measures in force, as monitor.measures (${DEFAULT-VALUE}).")
    private String measures;

    @Option(names = "--quick", description = "Small books and short rounds: shows that it works, not how fast.")
    private boolean quick;

    @Option(names = "--json", description = "Print each figure as a line of JSON.")
    private boolean json;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills in
    Bench() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) throws IOException {
        // With two processors the JDK's HTTP client would start a thread for every answer.
        System.getProperties().putIfAbsent("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
        AvroSerdes.trustOwnRecords();
        // They warn of state in a temporary directory and of event times ahead of the clock, both meant here.
        for (String logger : List.of("org.apache.kafka", "kafka")) {
            ((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.ERROR);
        }
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() {
        BenchOptions options = options();
        Figures figures = new Figures(System.out, json);
        describe(System.err, options);
        try (BenchBroker broker = BenchBroker.start(options.partitions(), options.measures())) {
            measure(broker, options, figures);
        }
        return 0;
    }

    /** Measures all that the options ask for. */
    static void measure(BenchBroker broker, BenchOptions options, Figures figures) {
        double engine = 0;
        if (options.has(Part.A)) {
            engine = PassThrough.recordsPerSecond(broker, options);
            figures.add(
                    "a", "engine", "records passed on by plain Kafka Streams, one repartition", engine, "records/s");
        }
        if (options.has(Part.B)) {
            double updates = PositionUpdates.perSecond(broker, options);
            String accounts = Sizes.text(options.updatedAccounts()) + " accounts";
            figures.add("b", "positions", "position updates of " + accounts, updates, "updates/s");
            if (engine > 0) {
                figures.add("b", "positions-to-engine", "(b) / (a), target 0.4", updates / engine, "");
            }
        }
        if (options.has(Part.H)) {
            new AccountLooks(part(options, LOOK_ACCOUNTS), part(options, LOOK_TICKS), figures).run();
        }
        if (options.has(Part.S)) {
            new ScenarioRounds(figures)
                    .run(SCENARIO_ACCOUNTS.stream()
                            .map(accounts -> part(options, accounts))
                            .toList());
        }
        if (options.has(Part.I)) {
            new AlertLatency(broker, options, figures).run();
        }
        if (options.has(Part.J)) {
            new ApiLoad(broker, options, figures).run();
        }
        Map<Long, Double> ticks = Map.of();
        if (options.has(Part.C) || options.has(Part.E) || options.has(Part.F) || options.has(Part.G)) {
            ticks = new BookMeasurements(broker, options, figures).run();
            Double first = ticks.get(options.positions().get(0));
            Double last = ticks.get(options.mostPositions());
            if (options.has(Part.C)
                    && first != null
                    && last != null
                    && options.positions().size() > 1) {
                figures.add(
                        "c",
                        "ticks-large-to-small",
                        "(c) at the most / at the fewest positions, target 0.8",
                        last / first,
                        "");
            }
        }
        if (options.has(Part.D)) {
            for (long positions : options.naivePositions()) {
                double naive = NaiveTicks.perSecond(broker, options, positions);
                String with = " with " + Sizes.text(positions) + " open positions";
                figures.add("d", "naive-ticks-" + positions, "price ticks, naive topology," + with, naive, "ticks/s");
                Double ours = ticks.get(positions);
                if (ours != null) {
                    figures.add("d", "ticks-to-naive-" + positions, "(c) / (d)" + with, ours / naive, "");
                }
            }
        }
    }

    private static final int LOOK_ACCOUNTS = 20_000;
    private static final int LOOK_TICKS = 5_000;
    private static final List<Integer> SCENARIO_ACCOUNTS = List.of(100_000, 1_000_000);

    private static int part(BenchOptions options, int whole) {
        return options.mostPositions() < LOOK_ACCOUNTS ? Math.max(100, whole / 20) : whole;
    }

    private BenchOptions options() {
        try {
            List<Long> sizes = positions == null
                    ? SIZES.stream().filter(size -> !quick || size <= 10_000).toList()
                    : positions.stream().map(Sizes::parse).toList();
            List<Long> naive = sizes.stream()
                    .filter(size -> size <= (quick ? 1_000 : NAIVE_MOST))
                    .toList();
            long most = sizes.stream().mapToLong(Long::longValue).max().orElse(1);
            if (threads < 1 || partitions < 1) {
                throw new IllegalArgumentException(
                        "--threads is " + threads + " and --partitions is " + partitions + ", allowed is 1 or more");
            }
            double each = seconds == null ? (quick ? 2 : 8) : seconds;
            if (!(each > 0)) {
                throw new IllegalArgumentException("--seconds is " + each + ", allowed is more than 0");
            }
            if (!MeasureGroup.isList(measures)) {
                throw new IllegalArgumentException(
                        "--measures is \"" + measures + "\", allowed is " + MeasureGroup.allowed());
            }
            return new BenchOptions(
                    parts(),
                    sizes,
                    naive,
                    Math.min(most, quick ? 10_000 : 100_000),
                    STEADY_TICKS_PER_SECOND,
                    quick ? 10_000 : 100_000,
                    quick ? 20_000 : 200_000,
                    each,
                    threads,
                    partitions,
                    streams,
                    MeasureGroup.of(measures));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Set<Part> parts() {
        if (only == null) {
            return EnumSet.allOf(Part.class);
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String letter : only) {
            try {
                parts.add(Part.valueOf(letter.trim().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--only has \"" + letter + "\", allowed is a to j, and s", e);
            }
        }
        return parts;
    }

    private static void describe(PrintStream err, BenchOptions options) {
        err.printf(
                Locale.ROOT,
                "Java %s, %d processors, heap up to %,d MB; %d stream thread(s), %d partitions, %d markets, at least %s s each%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / 1_000_000,
                options.threads(),
                options.partitions(),
                BenchMarkets.COUNT,
                Sizes.number(options.seconds()));
    }
}
