package io.plimsoll.benchmarks;

import io.plimsoll.schemas.avro.Position;

/** (d) Price ticks through the naive topology, until every position they touch has been counted anew. */
final class NaiveTicks {

    private static final int BULK_LINGER_MS = 20;
    private static final double LOAD_PER_SECOND = 50_000;
    private static final int QUIET_CHECKS = 4;

    private NaiveTicks() {}

    /** Ticks per second with that many open positions. */
    static double perSecond(BenchBroker broker, BenchOptions options, long positions) {
        broker.renewTopics();
        broker.createTopics(NaiveTopology.OUT);
        String application = "bench-naive-" + positions;
        EventClock clock = new EventClock();
        try (RecordLoader loader = new RecordLoader(broker, BULK_LINGER_MS);
                PlainStreams running = PlainStreams.start(
                        broker, NaiveTopology.build(broker.registry()), application, options.threads())) {
            GroupProgress progress = new GroupProgress(broker.admin(), application);
            PriceFeed prices = new PriceFeed(loader, clock);
            prices.write(BenchMarkets.COUNT, LOAD_PER_SECOND);
            awaitQuiet(running, progress);
            load(loader, clock, positions);
            awaitQuiet(running, progress);
            return new Saturation(running.streams(), prices::write, () -> awaitQuiet(running, progress))
                    .perSecond(BenchMarkets.COUNT, options.seconds());
        }
    }

    private static void load(RecordLoader loader, EventClock clock, long positions) {
        long loaded = 0;
        for (long account = 0; loaded < positions; account++) {
            for (Position position : BenchAccount.number(account).positions()) {
                if (loaded++ < positions) {
                    loader.position(position, clock.next(LOAD_PER_SECOND));
                }
            }
        }
        loader.flush();
    }

    /** The topics feed each other in a circle of hops: only when all stay empty for a few looks nothing is on its way. */
    private static void awaitQuiet(PlainStreams running, GroupProgress progress) {
        int[] quiet = {0};
        Waiting.until("the naive topology is quiet", () -> {
            running.requireAlive();
            quiet[0] = progress.totalLag() == 0 ? quiet[0] + 1 : 0;
            return quiet[0] >= QUIET_CHECKS;
        });
    }
}
