package io.plimsoll.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What the host of a virtual machine took away from it: time in which a processor had work and was not let run. It decides
 * whether figures of two runs can be held against each other.
 */
final class Stolen {

    /** Linux counts there what all processors did since the start of the machine, in ticks, by kind. */
    private static final Path KINDS = Path.of("/proc/stat");
    /** Behind the word "cpu": user, nice, system, idle, iowait, irq, softirq, steal; then guests, which are in user. */
    private static final int STEAL = 7;

    private static final int COUNTED_KINDS = 8;

    private final long[] before;

    /** Counts from now on. */
    Stolen() {
        before = ticks();
    }

    /** Processors since then: 1 is one of them, all the time. Empty where the system does not tell. */
    OptionalDouble processors() {
        long[] now = ticks();
        if (now.length <= STEAL || before.length != now.length) {
            return OptionalDouble.empty();
        }
        long all = Arrays.stream(now).sum() - Arrays.stream(before).sum();
        double share = (double) (now[STEAL] - before[STEAL]) / Math.max(1, all);
        return OptionalDouble.of(share * Runtime.getRuntime().availableProcessors());
    }

    private static long[] ticks() {
        if (!Files.isReadable(KINDS)) {
            return new long[0];
        }
        try {
            String[] words = Files.readAllLines(KINDS).get(0).trim().split("\\s+");
            return Arrays.stream(words)
                    .skip(1)
                    .limit(COUNTED_KINDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("what the processors did cannot be read from " + KINDS, e);
        }
    }
}
