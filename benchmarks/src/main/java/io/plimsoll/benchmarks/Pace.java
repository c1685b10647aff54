package io.plimsoll.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Does something at moments that are fixed beforehand: who is held up is late, and not the less. */
final class Pace {

    private static final long BURST_NANOS = 1_000_000;

    private Pace() {}

    /**
     * The same for one of many: returns up to a millisecond early, so that at thousands a second the sender, which shares the
     * processors with what is measured, wakes up once for several.
     */
    static void untilAbout(long dueNanos) {
        if (dueNanos - System.nanoTime() > BURST_NANOS) {
            until(dueNanos);
        }
    }

    /** Returns when {@link System#nanoTime} has come that far; at once where it is past. */
    static void until(long dueNanos) {
        for (long wait = dueNanos - System.nanoTime(); wait > 0; wait = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }
}
