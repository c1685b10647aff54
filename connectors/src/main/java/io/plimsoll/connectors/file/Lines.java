package io.plimsoll.connectors.file;

import io.plimsoll.connectors.InputFile;
import io.plimsoll.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Lines of a file as bytes, from a place in it on; unpacked where the file is gzipped, and places are of what is in it. */
final class Lines implements AutoCloseable {

    /** No record is as long as this; what is, is no line of ours. */
    static final int LONGEST = 2 * Topic.MAX_RECORD_BYTES;

    private static final int CHUNK = 1 << 16;

    private final InputFile file;
    private final InputStream content;
    private final byte[] chunk = new byte[CHUNK];
    private int from;
    private int to;
    private long position;

    private Lines(InputFile file, long position) {
        this.file = file;
        this.content = file.content();
        this.position = position;
    }

    /** @throws IOException if the file is shorter than that, or cannot be read */
    static Lines open(Path path, long position) throws IOException {
        InputFile file = InputFile.open(path);
        try {
            file.content().skipNBytes(position);
            return new Lines(file, position);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The place behind the line that was given last. */
    long position() {
        return position;
    }

    /**
     * The next line with its end; without one if it is the last and has none, or is longer than {@link #LONGEST}, when what
     * is beyond is passed over. Null at the end.
     */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = null;
        long taken = 0;
        while (true) {
            if (from == to && !fill()) {
                if (line == null) {
                    return null;
                }
                position += taken;
                return line.toByteArray();
            }
            int end = from;
            while (end < to && chunk[end] != '\n') {
                end++;
            }
            boolean whole = end < to;
            int length = end - from + (whole ? 1 : 0);
            if (line == null) {
                line = new ByteArrayOutputStream(Math.max(32, length));
            }
            if (taken + length <= LONGEST) {
                line.write(chunk, from, length);
            }
            taken += length;
            from += length;
            if (whole) {
                position += taken;
                return line.toByteArray();
            }
        }
    }

    private boolean fill() throws IOException {
        try {
            from = 0;
            to = Math.max(0, content.read(chunk));
        } catch (EOFException | ZipException e) {
            // A gzipped file that is still being written, or was cut off: what came before is good.
            to = 0;
        }
        return to > 0;
    }

    static boolean isWhole(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\n';
    }

    @Override
    public void close() {
        file.close();
    }
}
