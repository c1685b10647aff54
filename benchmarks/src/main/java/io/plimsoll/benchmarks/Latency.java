package io.plimsoll.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * (e) Time from before a price is handed to the producer until a reader has the first market state with that price, or
 * one with a newer price of the market.
 */
final class Latency {

    private static final int NO_LINGER_MS = 0;
    private static final double WARM_UP = 0.3;
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private record Sent(long eventTimeMs, long atNanos) {}

    private final List<Queue<Sent>> underway = new ArrayList<>();
    private final Histogram nanos = new Histogram(HIGHEST_NANOS, 3);
    private volatile long countFromNanos;

    private Latency() {
        for (int market = 0; market < BenchMarkets.COUNT; market++) {
            underway.add(new ConcurrentLinkedQueue<>());
        }
    }

    /** Sends at a steady rate for that long, after a while of warming up. */
    static Histogram measure(BenchBroker broker, MonitorRun run, double ticksPerSecond, double seconds) {
        // Backlogs before this may have been worked off faster than their event time goes.
        Waiting.until(
                "the clock has caught up",
                () -> System.currentTimeMillis() > run.clock().last());
        Latency latency = watching(run);
        try (RecordLoader loader = new RecordLoader(broker, NO_LINGER_MS)) {
            latency.send(new PriceFeed(loader, run.clock()), run.clock(), ticksPerSecond, seconds);
        }
        return latency.awaitAll(run);
    }

    /** Watches the market states for prices that somebody else tells of, see {@link #due}. */
    static Latency watching(MonitorRun run) {
        Latency latency = new Latency();
        run.watch().listen((state, nanos) -> latency.arrived(state.getSymbol(), state.getPriceTimeMs(), nanos));
        return latency;
    }

    /**
     * What is due from then on counts; before, it need only come.
     *
     * @param nanos of {@link System#nanoTime}
     */
    void countFrom(long nanos) {
        countFromNanos = nanos;
    }

    /**
     * A price is about to be written.
     *
     * @param market number of its market
     * @param dueNanos the time it should have been sent at: a sender that is held up must not flatter the figures
     */
    void due(int market, long eventTimeMs, long dueNanos) {
        underway.get(market).add(new Sent(eventTimeMs, dueNanos));
    }

    /** Nanoseconds, when all prices have arrived. */
    Histogram awaitAll(MonitorRun run) {
        Waiting.until(
                "the last prices are in market states", () -> underway.stream().allMatch(Queue::isEmpty));
        run.watch().listen((state, nanos) -> {});
        return nanos;
    }

    private void send(PriceFeed prices, EventClock clock, double perSecond, double seconds) {
        long ticks = (long) (perSecond * seconds * (1 + WARM_UP));
        long started = System.nanoTime();
        countFromNanos = started + (long) (seconds * WARM_UP * 1e9);
        for (long tick = 0; tick < ticks; tick++) {
            long due = started + (long) (tick * 1e9 / perSecond);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long eventTimeMs = clock.now();
            due((int) (tick % BenchMarkets.COUNT), eventTimeMs, due);
            prices.write(perSecond, eventTimeMs);
        }
    }

    private void arrived(String symbol, long priceTimeMs, long atNanos) {
        Queue<Sent> waiting = underway.get(BenchMarkets.number(symbol));
        for (Sent sent = waiting.peek(); sent != null && sent.eventTimeMs() <= priceTimeMs; sent = waiting.peek()) {
            waiting.remove();
            if (sent.atNanos() >= countFromNanos) {
                nanos.recordValue(Math.max(0, atNanos - sent.atNanos()));
            }
        }
    }
}
