package io.plimsoll.connectors;

import io.plimsoll.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays recordings into a sink, event times unchanged. Several files are merged by event time; within a file the order is
 * the file's own.
 */
public final class Replay {

    /**
     * How far a replay has come.
     *
     * @param records written so far
     * @param bytes of the files read so far
     * @param totalBytes of all files
     * @param eventTimeMs latest event time so far, epoch milliseconds
     */
    public record Progress(long records, long bytes, long totalBytes, long eventTimeMs) {}

    /** Is told of progress every now and then, and at the end. */
    @FunctionalInterface
    public interface ProgressListener {
        void onProgress(Progress progress);
    }

    private static final int RECORDS_PER_PROGRESS = 1_000;
    private static final long LONGEST_WAIT_MS = 100;

    private final List<Path> files;
    private final ReplaySpeed speed;
    private final ProgressListener listener;
    private final LongSupplier nowMs;
    private final Pause pause;

    /** Waits for about so many milliseconds. */
    interface Pause {
        void ms(long ms);
    }

    /** @throws InputException if there is no file, or one that cannot be opened */
    public Replay(List<Path> files, ReplaySpeed speed, ProgressListener listener) {
        this(
                files,
                speed,
                listener,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                ms -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms)));
    }

    Replay(List<Path> files, ReplaySpeed speed, ProgressListener listener, LongSupplier nowMs, Pause pause) {
        if (files.isEmpty()) {
            throw new InputException("no file is given, allowed is one or more recordings");
        }
        files.forEach(file -> InputFile.open(file).close());
        this.files = List.copyOf(files);
        this.speed = speed;
        this.listener = listener;
        this.nowMs = nowMs;
        this.pause = pause;
    }

    /**
     * Plays until the end or until told to stop; flushes the sink, but does not close it.
     *
     * @return records written
     * @throws InputException if a file cannot be read or a line is wrong; what came before it is written
     */
    public long run(RecordSink sink, BooleanSupplier stop) {
        List<Source> sources = new ArrayList<>();
        try {
            for (Path file : files) {
                sources.add(new Source(file, sources.size()));
            }
            return play(sources, sink, stop);
        } finally {
            sources.forEach(source -> source.reader.close());
            sink.flush();
        }
    }

    private long play(List<Source> sources, RecordSink sink, BooleanSupplier stop) {
        PriorityQueue<Source> queue = new PriorityQueue<>(
                Comparator.<Source>comparingLong(source -> source.head().timestampMs())
                        .thenComparingInt(source -> source.index));
        for (Source source : sources) {
            if (source.advance()) {
                queue.add(source);
            }
        }
        long totalBytes = totalBytes();
        long records = 0;
        long latestMs = queue.isEmpty() ? 0 : queue.peek().head().timestampMs();
        long firstMs = latestMs;
        long startedMs = nowMs.getAsLong();
        for (Source next = queue.poll(); next != null && !stop.getAsBoolean(); next = queue.poll()) {
            RecordedRecord record = next.head();
            latestMs = Math.max(latestMs, record.timestampMs());
            if (!waitFor(startedMs + (latestMs - firstMs) / speed.factor(), stop)) {
                break;
            }
            sink.write(record.topic().name(), record.key(), record.timestampMs(), record.value());
            records++;
            if (records % RECORDS_PER_PROGRESS == 0) {
                listener.onProgress(new Progress(records, bytesRead(sources), totalBytes, latestMs));
            }
            if (next.advance()) {
                queue.add(next);
            }
        }
        listener.onProgress(new Progress(records, bytesRead(sources), totalBytes, latestMs));
        return records;
    }

    private boolean waitFor(double dueMs, BooleanSupplier stop) {
        if (speed.isMax()) {
            return true;
        }
        for (double waitMs = dueMs - nowMs.getAsLong(); waitMs > 0; waitMs = dueMs - nowMs.getAsLong()) {
            if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            pause.ms((long) Math.ceil(Math.min(waitMs, LONGEST_WAIT_MS)));
        }
        return true;
    }

    private static long bytesRead(List<Source> sources) {
        return sources.stream().mapToLong(source -> source.reader.bytesRead()).sum();
    }

    private long totalBytes() {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new InputException("cannot read " + file + ": " + Failures.reason(e), e);
            }
        }
        return bytes;
    }

    /** A file and the record that it would give next. */
    private static final class Source {

        private final Path file;
        private final int index;
        private final RecordingReader reader;
        private @Nullable RecordedRecord head;

        Source(Path file, int index) {
            this.file = file;
            this.index = index;
            this.reader = new RecordingReader(file);
        }

        RecordedRecord head() {
            if (head == null) {
                throw new IllegalStateException(file + " is at its end");
            }
            return head;
        }

        boolean advance() {
            head = reader.next();
            if (head != null && head.topic().direction() == Topic.Direction.OUT) {
                throw new InputException(reader.place() + ": topic "
                        + head.topic().name() + " is written by Plimsoll itself, allowed in a replay are input topics");
            }
            return head != null;
        }
    }
}
