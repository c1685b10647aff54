package io.plimsoll.benchmarks;

import io.plimsoll.server.rules.DefaultRules;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.apache.kafka.streams.StreamsConfig;

/**
 * (i) From an event to the alert that it sets off on the topic of alerts, with processing exactly once and the default rules
 * in force, at half of the highest sustained load; beside it the engine's own limit, and what an observation costs.
 */
final class AlertLatency {

    private static final String GUARANTEE = StreamsConfig.EXACTLY_ONCE_V2;
    /** Latency is measured for longer than the rest: p99.9 wants many probes. */
    private static final double COUNTED = 5;

    private static final double WARM_UP = 1;
    /** The JVM compiles for minutes, on the processors that all share, before it has come to its speed. */
    private static final double COMPILING = 10;

    private static final double WARM_UP_PER_SECOND = 3_000;
    private static final double PASS_THROUGH_COUNTED = 2;
    private static final double ROUNDS_PER_SECOND = 250;

    private final BenchBroker broker;
    private final BenchOptions options;
    private final Figures figures;

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
                half = sustained(run, load) / 2;
                probes.begin();
                CommitTimes before = CommitTimes.of(run.streams());
                probe(load, probes, half);
                figures.add("i", "alert-load", "half of that, positions and prices in turn", half, "records/s");
                String to = ", " + GUARANTEE + ", " + probes.market().getTotalCount() + " events";
                add("alert-market", "price to alert about its market", to, probes.market());
                add("alert-account", "price to alert about an account", to, probes.account());
                CommitTimes after = CommitTimes.of(run.streams());
                figures.add("i", "alert-commits", "commits meanwhile", after.perSecondSince(before), "1/s");
                figures.add("i", "alert-commit", "a commit, mean", after.meanMsSince(before), "ms");
            }
        }
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

    /** Records per second that the monitor bears. */
    private double sustained(MonitorRun run, MixedLoad load) {
        long warmAt = System.nanoTime() + (long) (options.seconds() * COMPILING * 1e9);
        load.sendUntil(WARM_UP_PER_SECOND, () -> System.nanoTime() >= warmAt);
        load.awaitWorkedOff();
        double backlog = new Saturation(run.streams(), load::writeBacklog, load::awaitWorkedOff)
                .perSecond(options.firstRound(), options.seconds());
        figures.add("i", "alert-backlog", "positions and prices from a backlog, " + GUARANTEE, backlog, "records/s");
        Waiting.until(
                "the clock has caught up",
                () -> System.currentTimeMillis() > run.clock().last());
        double sustained = SustainedLoad.find(load, backlog, options.seconds());
        figures.add(
                "i",
                "alert-sustained",
                "positions and prices live, highest sustained load, " + GUARANTEE,
                sustained,
                "records/s");
        return sustained;
    }

    private void probe(MixedLoad load, AlertProbes probes, double perSecond) {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Double> sending =
                CompletableFuture.supplyAsync(() -> load.sendUntil(perSecond, done::get), command -> {
                    Thread thread = new Thread(command, "bench-load");
                    thread.setDaemon(true);
                    thread.start();
                });
        try {
            probes.run(options.seconds() * (WARM_UP + COUNTED), options.seconds() * COUNTED);
        } finally {
            done.set(true);
        }
        double sent = sending.join();
        if (sent < perSecond * 0.95) {
            throw new IllegalStateException(
                    "the load was to be " + (long) perSecond + " records/s and came to " + (long) sent);
        }
        load.awaitWorkedOff();
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
