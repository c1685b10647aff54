package io.plimsoll.benchmarks;

/**
 * The highest load of positions and prices that a monitor bears for long: from a backlog first, then, once the JVM compiles
 * little, live.
 *
 * @param backlog records per second from a backlog
 * @param sustained records per second live
 */
record HighestLoad(double backlog, double sustained) {

    /** Sends a load. */
    interface Sender {

        /** Sends at a rate for so many seconds, and gives the rate that it came to. */
        double send(double perSecond, double seconds);
    }

    /** A round of warming up, long enough to tell whether the JVM still compiles much. */
    private static final double ROUND = 3;

    private static final int MOST_ROUNDS = 25;
    /** So much of what a backlog is worked off at is borne while the JVM still compiles. */
    private static final double EASY = 0.3;

    /** So that a second, which the monitor may be behind at the end, is little against it. */
    private static final double SUSTAINED = 5;

    /** Finds it. */
    static HighestLoad find(MonitorRun run, MixedLoad load, BenchOptions options, Sender sender) {
        Saturation saturation = new Saturation(run.streams(), load::writeBacklog, load::awaitWorkedOff);
        double first = saturation.perSecond(options.firstRound(), options.seconds());
        awaitClock(run);
        Compiling.until(
                () -> {
                    sender.send(first * EASY, options.seconds() * ROUND);
                    load.awaitWorkedOff();
                },
                MOST_ROUNDS);
        double backlog = saturation.perSecond(options.firstRound(), options.seconds());
        awaitClock(run);
        double sustained = SustainedLoad.find(
                backlog, rate -> sender.send(rate, options.seconds() * SUSTAINED), load::awaitWorkedOff);
        return new HighestLoad(backlog, sustained);
    }

    private static void awaitClock(MonitorRun run) {
        Waiting.until(
                "the clock has caught up",
                () -> System.currentTimeMillis() > run.clock().last());
    }
}
