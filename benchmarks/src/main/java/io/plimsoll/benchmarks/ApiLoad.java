package io.plimsoll.benchmarks;

import io.plimsoll.server.rules.DefaultRules;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * (j) What requests and event streams over HTTP take, and what they take from the topology: from a price to the state of its
 * market at half of the highest sustained load, without them, with them, and without them again.
 */
final class ApiLoad {

    private static final double REQUESTS_PER_SECOND = 500;
    private static final double COUNTED = 4;
    private static final double WARM_UP = 1;
    private static final double ROUND = 3;
    private static final double SUSTAINED = 3;
    private static final double EASY = 0.3;
    private static final int MOST_ROUNDS = 20;

    private final BenchBroker broker;
    private final BenchOptions options;
    private final Figures figures;

    ApiLoad(BenchBroker broker, BenchOptions options, Figures figures) {
        this.broker = broker;
        this.options = options;
        this.figures = figures;
    }

    void run() {
        try (MonitorRun run = MonitorRun.startServed(broker, "bench-api", options.threads(), options.streams())) {
            long nowMs = run.clock().now();
            DefaultRules.rules().forEach(rule -> run.loader().rule(rule, nowMs));
            run.loadPositions(options.latencyPositions());
            try (MixedLoad load = new MixedLoad(broker, run);
                    ApiClients clients = new ApiClients(run.address())) {
                double half = sustained(run, load) / 2;
                figures.add("j", "api-load", "load: half of the highest sustained", half, "records/s");
                Histogram before = states(run, load, half, "api-before", "HTTP at rest");
                Histogram beside = asked(run, load, half, clients);
                Histogram after = states(run, load, half, "api-after", "HTTP at rest again");
                add("api-states-alone", "price to market state, HTTP at rest", before, after);
                add("api-states-beside", "price to market state, HTTP beside it", beside, beside);
                for (double percentile : new double[] {50, 99}) {
                    double alone =
                            (before.getValueAtPercentile(percentile) + after.getValueAtPercentile(percentile)) / 2.0;
                    figures.add(
                            "j",
                            "api-states-ratio-p" + Sizes.number(percentile),
                            "the one / the other, p" + Sizes.number(percentile) + ", target below 1.1",
                            beside.getValueAtPercentile(percentile) / alone,
                            "");
                }
            }
        }
    }

    private double sustained(MonitorRun run, MixedLoad load) {
        Saturation saturation = new Saturation(run.streams(), load::writeBacklog, load::awaitWorkedOff);
        double first = saturation.perSecond(options.firstRound(), options.seconds());
        awaitClock(run);
        Compiling.until(
                () -> {
                    load.sendUntil(first * EASY, forSeconds(ROUND));
                    load.awaitWorkedOff();
                },
                MOST_ROUNDS);
        double backlog = saturation.perSecond(options.firstRound(), options.seconds());
        awaitClock(run);
        return SustainedLoad.find(backlog, rate -> load.sendUntil(rate, forSeconds(SUSTAINED)), load::awaitWorkedOff);
    }

    private static void awaitClock(MonitorRun run) {
        Waiting.until(
                "the clock has caught up",
                () -> System.currentTimeMillis() > run.clock().last());
    }

    /** Nanoseconds from a price to its market's state. */
    private Histogram states(MonitorRun run, MixedLoad load, double perSecond, String name, String text) {
        Latency latency = Latency.watching(run);
        latency.countFrom(System.nanoTime() + (long) (options.seconds() * WARM_UP * 1e9));
        double sent = load.sendUntil(perSecond, forSeconds(WARM_UP + COUNTED), latency::due);
        // A sender that is held up by HTTP has not sent the load that it was to send.
        figures.add("j", name + "-load", text + ", load that was sent", sent, "records/s");
        return latency.awaitAll(run);
    }

    private Histogram asked(MonitorRun run, MixedLoad load, double perSecond, ApiClients clients) {
        clients.openStreams(BenchBroker.STREAM_CLIENTS);
        // What HTTP needs is compiled first, as the topology was.
        CompletableFuture.runAsync(() -> clients.askUntil(REQUESTS_PER_SECOND, forSeconds(ROUND)), ApiLoad::onAThread)
                .join();
        clients.nanos().reset();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(
                () -> clients.askUntil(REQUESTS_PER_SECOND, forSeconds(WARM_UP + COUNTED)), ApiLoad::onAThread);
        Histogram states = states(run, load, perSecond, "api-beside", "HTTP beside it");
        asking.join();
        if (clients.failures() > 0 || clients.streams() < BenchBroker.STREAM_CLIENTS) {
            throw new IllegalStateException(clients.failures() + " requests failed, and " + clients.streams() + " of "
                    + BenchBroker.STREAM_CLIENTS + " event streams are open");
        }
        Histogram nanos = clients.nanos();
        figures.add(
                "j",
                "api-requests",
                "requests over HTTP beside it, with " + clients.streams() + " open event streams",
                nanos.getTotalCount() / (options.seconds() * (WARM_UP + COUNTED)),
                "1/s");
        figures.add("j", "api-stream-lines", "lines that the streams brought", clients.streamLines(), "");
        add("api-request", "a request", nanos, nanos);
        return states;
    }

    private static void onAThread(Runnable task) {
        Thread thread = new Thread(task, "bench-asking");
        thread.setDaemon(true);
        thread.start();
    }

    private BooleanSupplier forSeconds(double parts) {
        long end = System.nanoTime() + (long) (options.seconds() * parts * 1e9);
        return () -> System.nanoTime() >= end;
    }

    /** The mean of two measurements. */
    private void add(String name, String text, Histogram one, Histogram other) {
        for (double percentile : new double[] {50, 99, 99.9}) {
            String which = "p" + Sizes.number(percentile);
            double nanos = (one.getValueAtPercentile(percentile) + other.getValueAtPercentile(percentile)) / 2.0;
            figures.add("j", name + "-" + which, text + ", " + which, nanos / 1e6, "ms");
        }
    }
}
