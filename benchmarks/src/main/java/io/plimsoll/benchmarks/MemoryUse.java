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
    /** ZGC keeps the heap in a file in memory of that name, at more than one address. */
    private static final String HEAP_FILE = "/memfd:java_heap";

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
        boolean isRange = heap.find();
        long heapStart = isRange ? Long.parseUnsignedLong(heap.group(1), 16) : 0;
        long heapEnd = isRange ? Long.parseUnsignedLong(heap.group(2), 16) : 0;
        long kilobytes = 0;
        boolean counted = false;
        boolean isHeapKnown = isRange;
        try {
            for (String line : Files.readAllLines(SMAPS)) {
                Matcher mapping = MAPPING.matcher(line);
                if (mapping.matches()) {
                    long start = Long.parseUnsignedLong(mapping.group(1), 16);
                    boolean isHeap = line.contains(HEAP_FILE)
                            || Long.compareUnsigned(start, heapStart) >= 0 && Long.compareUnsigned(start, heapEnd) < 0;
                    isHeapKnown |= isHeap;
                    counted = !isHeap;
                } else if (counted && line.startsWith("Anonymous:")) {
                    kilobytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SMAPS, e);
        }
        return isHeapKnown ? kilobytes * 1024 : null;
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
