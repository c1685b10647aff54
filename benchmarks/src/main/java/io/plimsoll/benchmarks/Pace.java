package io.plimsoll.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Does something at moments that are fixed beforehand: who is held up is late, and not the less. */
final class Pace {

    private Pace() {}

    /** Returns when {@link System#nanoTime} has come that far; at once where it is past. */
    static void until(long dueNanos) {
        for (long wait = dueNanos - System.nanoTime(); wait > 0; wait = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }
}
