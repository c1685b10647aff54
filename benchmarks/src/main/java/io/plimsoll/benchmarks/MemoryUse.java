package io.plimsoll.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Memory of this process.
 *
 * @param heapBytes used on the heap after a full collection
 * @param offHeapBytes resident and private, without the heap: RocksDB, direct buffers, threads, code; files mapped into
 *     memory are not counted. Null where the system does not tell (it needs Linux)
 */
record MemoryUse(long heapBytes, @Nullable Long offHeapBytes) {

    private static final Path SMAPS = Path.of("/proc/self/smaps");
    private static final Pattern HEAP_RANGE = Pattern.compile("\\[0x([0-9a-f]+), 0x([0-9a-f]+)");
    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) .*");
    private static final int COLLECTIONS = 3;

    /** Collects garbage and looks. */
    @SuppressWarnings("PMD.DoNotCallGarbageCollectionExplicitly")
    static MemoryUse now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new MemoryUse(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), offHeap());
    }

    /** Both together; the heap alone where nothing else is known. */
    long totalBytes() {
        return heapBytes + (offHeapBytes == null ? 0 : offHeapBytes);
    }

    private static @Nullable Long offHeap() {
        if (!Files.isReadable(SMAPS)) {
            return null;
        }
        Matcher heap = HEAP_RANGE.matcher(heapInfo());
        if (!heap.find()) {
            return null;
        }
        long heapStart = Long.parseUnsignedLong(heap.group(1), 16);
        long heapEnd = Long.parseUnsignedLong(heap.group(2), 16);
        long kilobytes = 0;
        boolean counted = false;
        try {
            for (String line : Files.readAllLines(SMAPS)) {
                Matcher mapping = MAPPING.matcher(line);
                if (mapping.matches()) {
                    long start = Long.parseUnsignedLong(mapping.group(1), 16);
                    counted = Long.compareUnsigned(start, heapStart) < 0 || Long.compareUnsigned(start, heapEnd) >= 0;
                } else if (counted && line.startsWith("Anonymous:")) {
                    kilobytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SMAPS, e);
        }
        return kilobytes * 1024;
    }

    /** Begins with the heap's addresses. */
    private static String heapInfo() {
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcHeapInfo",
                            new Object[] {null},
                            new String[] {String[].class.getName()});
            return String.valueOf(answer);
        } catch (JMException e) {
            return "";
        }
    }
}
