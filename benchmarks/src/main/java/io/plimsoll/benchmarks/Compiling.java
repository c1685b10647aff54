package io.plimsoll.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * How much of a processor the JVM compiles on. It does so for minutes after a start, on the processors that all share: what
 * is measured before that is the compiler.
 */
final class Compiling {

    private static final double LITTLE = 0.1;

    private static final int QUIET_ROUNDS = 2;

    private long sinceNanos;
    private long compiledMs;

    /** Counts from now on. */
    Compiling() {
        begin();
    }

    private void begin() {
        sinceNanos = System.nanoTime();
        compiledMs = totalMs();
    }

    /** Processors since the beginning: 1 is one of them, all the time. */
    double share() {
        return (totalMs() - compiledMs) * 1e6 / Math.max(1, System.nanoTime() - sinceNanos);
    }

    /**
     * Goes on with something until there is little left to compile: little in one round may have been chance, in two it is not.
     *
     * @param round takes long enough to tell
     * @param mostRounds after which it is given up
     */
    static void until(Runnable round, int mostRounds) {
        Compiling compiling = new Compiling();
        int quiet = 0;
        for (int i = 0; i < mostRounds && quiet < QUIET_ROUNDS; i++) {
            compiling.begin();
            round.run();
            quiet = compiling.share() < LITTLE ? quiet + 1 : 0;
        }
    }

    private static long totalMs() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }
}
