package io.plimsoll.benchmarks;

import java.util.SplittableRandom;

/** (b) Position updates through the whole monitor, until the accounts have taken them up. */
final class PositionUpdates {

    private PositionUpdates() {}

    /** Updates per second, each giving one position of one of many accounts a new size. */
    static double perSecond(BenchBroker broker, BenchOptions options) {
        SplittableRandom random = new SplittableRandom(1);
        try (MonitorRun run = MonitorRun.start(broker, "bench-positions", options.threads())) {
            while (run.accounts() < options.updatedAccounts()) {
                run.loadPositions(run.positions() + options.updatedAccounts() - run.accounts());
            }
            Saturation saturation = new Saturation(
                    run.streams(),
                    (records, perSecond) -> {
                        run.clock().startBacklog(records / perSecond);
                        for (long i = 0; i < records; i++) {
                            BenchAccount account = BenchAccount.number(random.nextLong(options.updatedAccounts()));
                            run.loader()
                                    .position(
                                            account.resized(random), run.clock().next(perSecond));
                        }
                        run.loader().flush();
                    },
                    run::awaitWorkedOff);
            return saturation.perSecond(options.firstRound(), options.seconds());
        }
    }
}
