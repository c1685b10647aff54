package io.plimsoll.benchmarks;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
final class Waiting {

    private static final long CHECK_NANOS = 20_000_000;
    private static final long LONGEST_NANOS = 600_000_000_000L;

    private Waiting() {}

    /** Returns when it is so. */
    static void until(String what, BooleanSupplier isSo) {
        long giveUpAt = System.nanoTime() + LONGEST_NANOS;
        while (!isSo.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting: " + what);
            }
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("waited ten minutes in vain: " + what);
            }
            LockSupport.parkNanos(CHECK_NANOS);
        }
    }
}
