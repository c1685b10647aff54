package io.plimsoll.connectors;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file opened for reading, unpacked if its first two bytes are those of gzip; its name does not matter. */
public final class InputFile implements AutoCloseable {

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int BUFFER_BYTES = 1 << 16;

    private final CountedBytes counted;
    private final InputStream content;

    private InputFile(CountedBytes counted, InputStream content) {
        this.counted = counted;
        this.content = content;
    }

    /** @throws InputException if the file cannot be opened */
    public static InputFile open(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException("cannot read " + file + ": it is a folder");
            }
            CountedBytes counted = new CountedBytes(Files.newInputStream(file));
            try {
                return new InputFile(counted, unpacked(new BufferedInputStream(counted, BUFFER_BYTES)));
            } catch (IOException e) {
                counted.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InputException("cannot read " + file + ": " + Failures.reason(e), e);
        }
    }

    /** Content from elsewhere, taken as it is. */
    static InputFile of(InputStream content) {
        CountedBytes counted = new CountedBytes(content);
        return new InputFile(counted, counted);
    }

    private static InputStream unpacked(BufferedInputStream packed) throws IOException {
        packed.mark(2);
        boolean gzip = packed.read() == GZIP_FIRST && packed.read() == GZIP_SECOND;
        packed.reset();
        return gzip ? new GZIPInputStream(packed, BUFFER_BYTES) : packed;
    }

    /** What is in the file, unpacked. */
    public InputStream content() {
        return content;
    }

    /** Bytes of the file read so far, before any unpacking. */
    public long bytesRead() {
        return counted.count;
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CountedBytes extends FilterInputStream {

        private long count;

        CountedBytes(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read >= 0 ? 1 : 0;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
