package io.plimsoll.connectors.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A way to read files: as recordings, or as CSV. */
interface FileReading extends AutoCloseable {

    /** Sees which files there are now. */
    void look(TreeMap<Path, FileFolder.Seen> now, long nowMs) throws IOException;

    /**
     * Reads on.
     *
     * @param most lines or records at once
     * @return lines or records read; fewer than asked for: there is no more for now
     */
    int read(int most, FileSink sink) throws IOException;

    /** What is not whole yet; null where everything is read. */
    @Nullable
    String waiting();

    @Override
    void close();
}
