package io.plimsoll.benchmarks;

import io.plimsoll.server.rules.DefaultRules;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * (j) What requests and event streams over HTTP take, and what they take from the topology: from a price to the state of its
 * market at half of the highest sustained load, without them and with them in turn. Nothing holds still for minutes, neither
 * collections nor the machine: what comes in turn has its share of all that comes and goes.
 */
final class ApiLoad {

    private static final double REQUESTS_PER_SECOND = 500;
    /** Times that it is asked; before each, and after the last, HTTP is at rest. */
    private static final int TURNS = 3;
    /** p99 wants many requests, and pauses that come now and then are to come in each part. */
    private static final double COUNTED = 4;

    private static final double WARM_UP = 1;
    private static final double ROUND = 3;
    private static final int MOST_ROUNDS = 10;

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
                Part rest = new Part("rest", "HTTP at rest");
                Part beside = new Part("beside", "HTTP beside it");
                Asked asked = new Asked();
                for (int turn = 0; turn < TURNS; turn++) {
                    rest.measure(run, load, half);
                    clients.openStreams(BenchBroker.STREAM_CLIENTS);
                    warmUp(load, half, clients);
                    asked.measure(clients, () -> beside.measure(run, load, half));
                    clients.closeStreams();
                }
                rest.measure(run, load, half);
                asked.tell();
                rest.tell();
                beside.tell();
                for (double percentile : new double[] {50, 99}) {
                    figures.add(
                            "j",
                            "api-states-ratio-p" + Sizes.number(percentile),
                            "beside it / at rest, p" + Sizes.number(percentile) + ", target below 1.1",
                            (double) beside.nanos.getValueAtPercentile(percentile)
                                    / rest.nanos.getValueAtPercentile(percentile),
                            "");
                }
            }
        }
    }

    /**
     * What HTTP needs beside the load is compiled before it is measured, as the topology was: in each turn, as streams that
     * were closed and opened have the JVM compile part of it anew.
     */
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

    private double partSeconds() {
        return options.seconds() * (WARM_UP + COUNTED);
    }

    /** All times at which HTTP was at rest, or all at which it was asked. */
    private final class Part {

        private final String name;
        private final String text;
        private final Histogram nanos = new Histogram(Latency.HIGHEST_NANOS, 3);
        private double sent;
        private double topology;
        private double compiling;
        private double stolen;
        private int times;

        private Part(String name, String text) {
            this.name = name;
            this.text = text;
        }

        /** From a price to its market's state, once more. */
        private void measure(MonitorRun run, MixedLoad load, double perSecond) {
            Latency latency = Latency.watching(run);
            latency.countFrom(System.nanoTime() + (long) (options.seconds() * WARM_UP * 1e9));
            Compiling compiled = new Compiling();
            Stolen host = new Stolen();
            ThreadTimes threads = new ThreadTimes();
            sent += load.sendUntil(perSecond, forSeconds(partSeconds()), latency::due);
            topology += threads.processors(thread -> thread.contains("StreamThread"));
            compiling += compiled.share();
            stolen += host.processors().orElse(Double.NaN);
            nanos.add(latency.awaitAll(run));
            times++;
        }

        private void tell() {
            // A sender that is held up by HTTP has not sent the load that it was to send.
            figures.add("j", "api-" + name + "-load", text + ", load that was sent", sent / times, "records/s");
            processors("topology", "stream threads", topology);
            processors("compiling", "the JVM compiles on", compiling);
            if (!Double.isNaN(stolen)) {
                processors("stolen", "the host takes away", stolen);
            }
            percentiles("api-states-" + name, "price to market state, " + text, nanos);
        }

        private void processors(String which, String what, double sum) {
            figures.add("j", "api-" + name + "-" + which, text + ", " + what, sum / times, "processors");
        }
    }

    /** What requests and streams took, over all times that HTTP was asked. */
    private final class Asked {

        private final Histogram nanos = new Histogram(Latency.HIGHEST_NANOS, 3);
        private double server;
        private double askers;
        private double bytes;
        private double lines;
        private double seconds;
        private int times;
        private int streams;

        private void measure(ApiClients clients, Runnable beside) {
            clients.reset();
            ThreadTimes threads = new ThreadTimes();
            CompletableFuture<Void> asking = ask(clients, partSeconds());
            beside.run();
            asking.join();
            streams = clients.streams();
            if (clients.failures() > 0 || streams < BenchBroker.STREAM_CLIENTS) {
                throw new IllegalStateException(clients.failures() + " requests failed, and " + streams + " of "
                        + BenchBroker.STREAM_CLIENTS + " event streams are open");
            }
            server += threads.processors(ApiLoad::isServer);
            askers += threads.processors(ApiClients::isClient);
            nanos.add(clients.nanos());
            bytes += clients.answeredBytes();
            lines += clients.streamLines();
            seconds += partSeconds();
            times++;
        }

        private void tell() {
            figures.add("j", "api-server", "HTTP server and streams take", server / times, "processors");
            figures.add("j", "api-clients", "who asks takes", askers / times, "processors");
            figures.add(
                    "j",
                    "api-requests",
                    "requests over HTTP beside it, with " + streams + " open event streams",
                    nanos.getTotalCount() / seconds,
                    "1/s");
            figures.add("j", "api-bytes", "bytes that were answered", bytes / seconds, "1/s");
            figures.add("j", "api-stream-lines", "lines that the streams brought", lines, "");
            percentiles("api-request", "a request", nanos);
        }
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

    private void percentiles(String name, String text, Histogram nanos) {
        for (double percentile : new double[] {50, 99, 99.9}) {
            String which = "p" + Sizes.number(percentile);
            figures.add(
                    "j", name + "-" + which, text + ", " + which, nanos.getValueAtPercentile(percentile) / 1e6, "ms");
        }
    }
}
