package io.plimsoll.benchmarks;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Position updates and price ticks in turn, one of each. */
final class MixedLoad implements AutoCloseable {

    private static final int LINGER_MS = 5;

    private final MonitorRun run;
    private final RecordLoader loader;
    private final PriceFeed prices;
    private final SplittableRandom random = new SplittableRandom(3);

    MixedLoad(BenchBroker broker, MonitorRun run) {
        this.run = run;
        loader = new RecordLoader(broker, LINGER_MS);
        prices = new PriceFeed(loader, run.clock());
    }

    /** A backlog whose event time ends about now. */
    void writeBacklog(long records, double perSecond) {
        run.clock().startBacklog(records / perSecond);
        for (long i = 0; i < records; i++) {
            write(i, perSecond, run.clock().next(perSecond));
        }
        loader.flush();
    }

    /** Told of each price before it is written. */
    interface PriceListener {

        /**
         * A price is about to be written.
         *
         * @param market number of its market
         * @param dueNanos when it should have been sent, of {@link System#nanoTime}
         */
        void due(int market, long eventTimeMs, long dueNanos);
    }

    /** Sends at a steady rate until it is time to stop; gives the records per second that it came to. */
    double sendUntil(double perSecond, BooleanSupplier stop) {
        return sendUntil(perSecond, stop, (market, eventTimeMs, dueNanos) -> {});
    }

    /** The same, and somebody is told of the prices. */
    double sendUntil(double perSecond, BooleanSupplier stop, PriceListener listener) {
        long started = System.nanoTime();
        long sent = 0;
        for (; !stop.getAsBoolean(); sent++) {
            long due = started + (long) (sent * 1e9 / perSecond);
            Pace.untilAbout(due);
            long eventTimeMs = run.clock().now();
            if (isPrice(sent)) {
                listener.due(prices.nextMarket(), eventTimeMs, due);
            }
            write(sent, perSecond, eventTimeMs);
        }
        loader.flush();
        return sent / ((System.nanoTime() - started) / 1e9);
    }

    private void write(long number, double perSecond, long eventTimeMs) {
        if (isPrice(number)) {
            prices.write(perSecond / 2, eventTimeMs);
        } else {
            BenchAccount account = BenchAccount.number(random.nextLong(run.accounts()));
            loader.position(account.resized(random), eventTimeMs);
        }
    }

    private static boolean isPrice(long number) {
        return number % 2 == 0;
    }

    /** Waits until all of it has had its effect: accounts have taken up the positions, market states the prices. */
    void awaitWorkedOff() {
        run.awaitWorkedOff();
        run.awaitPrices(prices.lastMsByMarket());
    }

    @Override
    public void close() {
        loader.close();
    }
}
