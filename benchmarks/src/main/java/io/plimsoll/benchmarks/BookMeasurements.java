package io.plimsoll.benchmarks;

import io.plimsoll.benchmarks.BenchOptions.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/** (c), (e), (f), (g): one monitor whose book grows, measured at each size. */
final class BookMeasurements {

    private static final double MEGABYTE = 1_000_000;
    private static final double GIBIBYTE = 1L << 30;

    private final BenchBroker broker;
    private final BenchOptions options;
    private final Figures figures;
    private final Map<Long, Double> ticksPerSecond = new HashMap<>();

    BookMeasurements(BenchBroker broker, BenchOptions options, Figures figures) {
        this.broker = broker;
        this.options = options;
        this.figures = figures;
    }

    /** Ticks per second by number of open positions, as far as (c) was asked for. */
    Map<Long, Double> run() {
        try (MonitorRun run = MonitorRun.start(broker, "bench-book", options.threads())) {
            MemoryUse empty = options.has(Part.F) ? MemoryUse.now() : new MemoryUse(0, null);
            if (options.has(Part.C)) {
                // The smallest book comes first: without this it would be measured in a cold JVM.
                saturated(run);
            }
            for (long positions : sizes()) {
                run.loadPositions(positions);
                atSize(run, positions);
            }
            if (options.has(Part.F)) {
                memory(run, empty, MemoryUse.now(), run.positions());
            }
            if (options.has(Part.G)) {
                restart(run);
            }
        }
        return ticksPerSecond;
    }

    private List<Long> sizes() {
        TreeSet<Long> sizes = new TreeSet<>();
        if (options.has(Part.C)) {
            sizes.addAll(options.positions());
        }
        if (options.has(Part.E)) {
            sizes.add(options.latencyPositions());
        }
        if (options.has(Part.F) || options.has(Part.G)) {
            sizes.add(options.mostPositions());
        }
        return new ArrayList<>(sizes);
    }

    private void atSize(MonitorRun run, long positions) {
        boolean latency = options.has(Part.E) && positions == options.latencyPositions();
        if (options.has(Part.C) || latency) {
            long cellsBefore = run.prices().cellChanges();
            double rate = saturated(run);
            ticksPerSecond.put(positions, rate);
            if (options.has(Part.C)) {
                figures.add(
                        "c",
                        "ticks-" + positions,
                        "price ticks with " + Sizes.text(positions) + " open positions ("
                                + (run.prices().cellChanges() - cellsBefore) + " moved a reference price)",
                        rate,
                        "ticks/s");
            }
            if (latency) {
                latency(run, options.steadyTicksPerSecond(), "steady");
                latency(run, rate / 2, "half");
            }
        }
    }

    private double saturated(MonitorRun run) {
        return new Saturation(run.streams(), run.prices()::write, run::awaitPrices)
                .perSecond(options.firstRound(), options.seconds());
    }

    private void latency(MonitorRun run, double rate, String name) {
        Histogram nanos = Latency.measure(broker, run, rate, options.seconds());
        String load = String.format(
                Locale.ROOT, " at %,.0f ticks/s%s", rate, name.equals("half") ? ", half of what (c) bears" : "");
        for (double percentile : new double[] {50, 99, 99.9}) {
            figures.add(
                    "e",
                    "latency-" + name + "-p" + Sizes.number(percentile),
                    "price to market state, p" + Sizes.number(percentile) + load,
                    nanos.getValueAtPercentile(percentile) / 1e6,
                    "ms");
        }
    }

    private void memory(MonitorRun run, MemoryUse empty, MemoryUse full, long positions) {
        String with = " with " + Sizes.text(positions) + " open positions";
        String broker = ", Kafka broker included";
        figures.add(
                "f", "heap-empty", "heap after collection, no positions" + broker, megabytes(empty.heapBytes()), "MB");
        figures.add("f", "heap", "heap after collection" + with, megabytes(full.heapBytes()), "MB");
        if (full.offHeapBytes() != null && empty.offHeapBytes() != null) {
            figures.add(
                    "f", "off-heap-empty", "off-heap, no positions" + broker, megabytes(empty.offHeapBytes()), "MB");
            figures.add("f", "off-heap", "off-heap" + with, megabytes(full.offHeapBytes()), "MB");
        }
        figures.add("f", "memory", "heap and off-heap" + with + broker, megabytes(full.totalBytes()), "MB");
        figures.add(
                "f",
                "bytes-per-position",
                "heap and off-heap per position, beyond the empty monitor",
                (double) (full.totalBytes() - empty.totalBytes()) / positions,
                "bytes");
        storedAccounts(run, positions);
        figures.add(
                "f",
                "memory-10m",
                "heap and off-heap with 10M open positions by that figure, target under 24 GiB",
                (empty.totalBytes() + 1e7 * (full.totalBytes() - empty.totalBytes()) / positions) / GIBIBYTE,
                "GiB");
    }

    private void storedAccounts(MonitorRun run, long positions) {
        figures.add(
                "f",
                "stored-bytes-per-position",
                "of that, keys and values in the account store",
                (double) run.storedAccountBytes() / positions,
                "bytes");
    }

    private void restart(MonitorRun run) {
        run.stopMonitor();
        run.watch().forget();
        long started = System.nanoTime();
        run.startAgain();
        run.awaitReady();
        double ready = (System.nanoTime() - started) / 1e9;
        run.awaitAllPositions();
        double served = (System.nanoTime() - started) / 1e9;
        String with = " with " + Sizes.text(run.positions()) + " open positions";
        figures.add("g", "restart-ready", "restart until state is restored," + with, ready, "s");
        figures.add("g", "restart-served", "restart until market states count all," + with, served, "s");
    }

    private static double megabytes(long bytes) {
        return bytes / MEGABYTE;
    }
}
