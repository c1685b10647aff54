package io.plimsoll.benchmarks;

import io.plimsoll.server.rules.DefaultRules;
import io.plimsoll.topology.Beat;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.apache.kafka.streams.StreamsConfig;

/**
 * (i) From an event to the alert that it sets off on the topic of alerts, with processing exactly once and the default rules
 * in force, at half of the highest sustained load; beside it the engine's own limit, and what an observation costs.
 */
final class AlertLatency {

    private static final String GUARANTEE = StreamsConfig.EXACTLY_ONCE_V2;
    /** Latency is measured for longer than the rest: p99.9 wants a thousand probes, and pauses that come now and then are to come. */
    private static final double COUNTED = 15;

    private static final double WARM_UP = 1;
    private static final double PASS_THROUGH_COUNTED = 2;
    private static final double ROUNDS_PER_SECOND = 250;

    private final BenchBroker broker;
    private final BenchOptions options;
    private final Figures figures;
    private CompletableFuture<Void> probing = CompletableFuture.completedFuture(null);

    AlertLatency(BenchBroker broker, BenchOptions options, Figures figures) {
        this.broker = broker;
        this.options = options;
        this.figures = figures;
    }

    void run() {
        observations();
        Map<String, String> streams = new HashMap<>(options.streams());
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, GUARANTEE);
        double half;
        try (MonitorRun run = MonitorRun.start(broker, "bench-alerts", options.threads(), streams)) {
            long nowMs = run.clock().now();
            DefaultRules.rules().forEach(rule -> run.loader().rule(rule, nowMs));
            run.loader().flush();
            try (MixedLoad load = new MixedLoad(broker, run);
                    AlertProbes probes = new AlertProbes(broker)) {
                probes.prepare();
                run.loadPositions(options.latencyPositions());
                probes.begin();
                half = sustained(run, load, probes) / 2;
                // The load goes on from one into the other: its beginning is not what is asked for.
                probes.countFrom(System.nanoTime() + (long) (options.seconds() * WARM_UP * 1e9));
                CommitTimes before = CommitTimes.of(run.streams());
                Compiling compiling = new Compiling();
                Stolen stolen = new Stolen();
                double sent = send(load, probes, half, options.seconds() * (WARM_UP + COUNTED));
                probing.join();
                if (sent < half * 0.95) {
                    throw new IllegalStateException(
                            "the load was to be " + (long) half + " records/s and came to " + (long) sent);
                }
                figures.add("i", "alert-load", "half of that, positions and prices in turn", half, "records/s");
                String to = ", " + GUARANTEE + ", " + probes.market().getTotalCount() + " events";
                figures.add("i", "alert-compiling", "the JVM compiles meanwhile on", compiling.share(), "processors");
                stolen.processors()
                        .ifPresent(processors -> figures.add(
                                "i", "alert-stolen", "the host takes away meanwhile", processors, "processors"));
                add("alert-market", "price to alert about its market", to, probes.market());
                add("alert-account", "price to alert about an account", to, probes.account());
                CommitTimes after = CommitTimes.of(run.streams());
                figures.add("i", "alert-commits", "commits meanwhile", after.perSecondSince(before), "1/s");
                figures.add("i", "alert-commit", "a commit, mean", after.meanMsSince(before), "ms");
            }
        }
        // It has no beat; it is to commit as often.
        streams.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(Beat.PAUSE.toMillis()));
        Histogram limit = PassThroughLatency.measure(
                broker,
                options,
                streams,
                half,
                options.seconds() * (WARM_UP + PASS_THROUGH_COUNTED),
                options.seconds() * PASS_THROUGH_COUNTED);
        add(
                "alert-engine-limit",
                "plain Kafka Streams, one repartition, same load",
                ", " + limit.getTotalCount() + " events",
                limit);
    }

    /** Records per second that the monitor bears, with the probes' alerts beside them. */
    private double sustained(MonitorRun run, MixedLoad load, AlertProbes probes) {
        HighestLoad highest =
                HighestLoad.find(run, load, options, (rate, seconds) -> send(load, probes, rate, seconds));
        figures.add(
                "i",
                "alert-backlog",
                "positions and prices from a backlog, " + GUARANTEE,
                highest.backlog(),
                "records/s");
        figures.add(
                "i",
                "alert-sustained",
                "positions and prices live, highest sustained load, " + GUARANTEE,
                highest.sustained(),
                "records/s");
        return highest.sustained();
    }

    /**
     * Sends the load for so long, while markets jump and calm down; gives the records per second that it came to. The last
     * alerts may come later.
     */
    private double send(MixedLoad load, AlertProbes probes, double perSecond, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        BooleanSupplier over = () -> System.nanoTime() >= end;
        probing.join();
        probing = CompletableFuture.runAsync(() -> probes.run(over), command -> {
            Thread thread = new Thread(command, "bench-probes");
            thread.setDaemon(true);
            thread.start();
        });
        return load.sendUntil(perSecond, over);
    }

    private void add(String name, String text, String conditions, Histogram nanos) {
        for (double percentile : new double[] {50, 99, 99.9, 100}) {
            String which = percentile == 100 ? "max" : "p" + Sizes.number(percentile);
            figures.add(
                    "i",
                    name + "-" + which,
                    text + ", " + which + conditions,
                    nanos.getValueAtPercentile(percentile) / 1e6,
                    "ms");
        }
    }

    private void observations() {
        ObservationCost cost = new ObservationCost(Math.max(1, (int) (options.seconds() * ROUNDS_PER_SECOND)));
        String with = " with " + cost.rules() + " rules";
        double engine = cost.engineNanos();
        double naive = cost.naiveNanos();
        figures.add("i", "alert-observation", "an observation held against rules" + with, engine, "ns");
        figures.add(
                "i",
                "alert-observation-naive",
                "the same going through all rules, windows for nothing" + with,
                naive,
                "ns");
        figures.add("i", "alert-observation-to-naive", "naive / ours", naive / engine, "");
    }
}
