package io.plimsoll.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Processor time by thread, to tell apart what those who measure take from what is measured, where both share a machine. */
final class ThreadTimes {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> nanosById = new HashMap<>();
    private final long sinceNanos = System.nanoTime();

    /** Counts from now on. */
    ThreadTimes() {
        for (long id : THREADS.getAllThreadIds()) {
            nanosById.put(id, THREADS.getThreadCpuTime(id));
        }
    }

    /**
     * Processors that threads took since then: 1 is one of them, all the time. Those that have ended meanwhile are left out.
     *
     * @param names of the threads that are meant
     */
    double processors(Predicate<String> names) {
        long nanos = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && names.test(thread.getThreadName())) {
                long id = thread.getThreadId();
                nanos += Math.max(0, THREADS.getThreadCpuTime(id)) - nanosById.getOrDefault(id, 0L);
            }
        }
        return (double) nanos / Math.max(1, System.nanoTime() - sinceNanos);
    }
}
