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
    /** p99 wants many requests, and pauses that come now and then are to come in each part. */
    private static final double COUNTED = 15;

    private static final double WARM_UP = 1;
    private static final double ROUND = 3;
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
                double half = HighestLoad.find(
                                        run,
                                        load,
                                        options,
                                        (rate, seconds) -> load.sendUntil(rate, forSeconds(seconds)))
                                .sustained()
                        / 2;
                figures.add("j", "api-load", "load: half of the highest sustained", half, "records/s");
                Histogram before = states(run, load, half, "api-before", "HTTP at rest");
                clients.openStreams(BenchBroker.STREAM_CLIENTS);
                warmUp(load, half, clients);
                Histogram beside = asked(run, load, half, clients);
                clients.closeStreams();
                Histogram after = states(run, load, half, "api-after", "HTTP at rest again");
                add("api-states-before", "price to market state, HTTP at rest", before);
                add("api-states-beside", "price to market state, HTTP beside it", beside);
                add("api-states-after", "price to market state, HTTP at rest again", after);
                for (double percentile : new double[] {50, 99}) {
                    double alone =
                            (before.getValueAtPercentile(percentile) + after.getValueAtPercentile(percentile)) / 2.0;
                    figures.add(
                            "j",
                            "api-states-ratio-p" + Sizes.number(percentile),
                            "beside it / mean of the two at rest, p" + Sizes.number(percentile) + ", target below 1.1",
                            beside.getValueAtPercentile(percentile) / alone,
                            "");
                }
            }
        }
    }

    /** What HTTP needs beside the load is compiled before anything is measured, as the topology was. */
    private void warmUp(MixedLoad load, double perSecond, ApiClients clients) {
        Compiling.until(
                () -> {
                    CompletableFuture<Void> asking = ask(clients, options.seconds() * ROUND);
                    load.sendUntil(perSecond, forSeconds(options.seconds() * ROUND));
                    asking.join();
                    load.awaitWorkedOff();
                },
                MOST_ROUNDS);
    }

    private static CompletableFuture<Void> ask(ApiClients clients, double seconds) {
        return CompletableFuture.runAsync(
                () -> clients.askUntil(REQUESTS_PER_SECOND, forSeconds(seconds)), ApiLoad::onAThread);
    }

    /** Nanoseconds from a price to its market's state. */
    private Histogram states(MonitorRun run, MixedLoad load, double perSecond, String name, String text) {
        Latency latency = Latency.watching(run);
        latency.countFrom(System.nanoTime() + (long) (options.seconds() * WARM_UP * 1e9));
        Compiling compiling = new Compiling();
        ThreadTimes times = new ThreadTimes();
        double sent = load.sendUntil(perSecond, forSeconds(options.seconds() * (WARM_UP + COUNTED)), latency::due);
        // A sender that is held up by HTTP has not sent the load that it was to send.
        figures.add("j", name + "-load", text + ", load that was sent", sent, "records/s");
        figures.add(
                "j",
                name + "-topology",
                text + ", stream threads",
                times.processors(thread -> thread.contains("StreamThread")),
                "processors");
        figures.add("j", name + "-compiling", text + ", the JVM compiles on", compiling.share(), "processors");
        return latency.awaitAll(run);
    }

    private Histogram asked(MonitorRun run, MixedLoad load, double perSecond, ApiClients clients) {
        clients.reset();
        ThreadTimes times = new ThreadTimes();
        double seconds = options.seconds() * (WARM_UP + COUNTED);
        CompletableFuture<Void> asking = ask(clients, seconds);
        Histogram states = states(run, load, perSecond, "api-beside", "HTTP beside it");
        asking.join();
        if (clients.failures() > 0 || clients.streams() < BenchBroker.STREAM_CLIENTS) {
            throw new IllegalStateException(clients.failures() + " requests failed, and " + clients.streams() + " of "
                    + BenchBroker.STREAM_CLIENTS + " event streams are open");
        }
        Histogram nanos = clients.nanos();
        figures.add(
                "j", "api-server", "HTTP server and streams take", times.processors(ApiLoad::isServer), "processors");
        figures.add("j", "api-clients", "who asks takes", times.processors(ApiClients::isClient), "processors");
        figures.add(
                "j",
                "api-requests",
                "requests over HTTP beside it, with " + clients.streams() + " open event streams",
                nanos.getTotalCount() / seconds,
                "1/s");
        figures.add("j", "api-bytes", "bytes that were answered", clients.answeredBytes() / seconds, "1/s");
        figures.add("j", "api-stream-lines", "lines that the streams brought", clients.streamLines(), "");
        add("api-request", "a request", nanos);
        return states;
    }

    private static boolean isServer(String thread) {
        return thread.startsWith("JettyServer")
                || thread.startsWith("plimsoll-alert-reader")
                || thread.startsWith("plimsoll-state-reader");
    }

    private static void onAThread(Runnable task) {
        Thread thread = new Thread(task, "bench-asking");
        thread.setDaemon(true);
        thread.start();
    }

    private static BooleanSupplier forSeconds(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return () -> System.nanoTime() >= end;
    }

    private void add(String name, String text, Histogram nanos) {
        for (double percentile : new double[] {50, 99, 99.9}) {
            String which = "p" + Sizes.number(percentile);
            figures.add(
                    "j", name + "-" + which, text + ", " + which, nanos.getValueAtPercentile(percentile) / 1e6, "ms");
        }
    }
}
