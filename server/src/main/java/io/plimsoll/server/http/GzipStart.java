package io.plimsoll.server.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;

/**
 * A text compressed as gzip (RFC 1952), but for its end: a short one, which is another for each answer, is added as it is, so
 * that the long start need not be compressed again.
 */
final class GzipStart {

    /** No name, no time, any system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** Says that a block is the last one, and that it is not compressed (RFC 1951, 3.2.4). */
    private static final byte LAST_AS_IT_IS = 1;

    private static final int BLOCK_BYTES = 1 + 2 + 2;
    private static final int MOST_IN_A_BLOCK = 0xffff;
    private static final int TRAILER_BYTES = 4 + 4;
    private static final int BUFFER_BYTES = 16 * 1024;
    /** Of CRC-32, the lowest power first (RFC 1952, 8). */
    private static final int POLYNOMIAL = 0xedb88320;

    private final byte[] start;
    private final int crc;
    private final int length;

    private GzipStart(byte[] start, int crc, int length) {
        this.start = start;
        this.crc = crc;
        this.length = length;
    }

    /** Compresses a start. An answer is old in a moment: time counts for more than the last tenth of its length. */
    static GzipStart of(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4 + BUFFER_BYTES);
        out.writeBytes(HEADER);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(plain);
            byte[] buffer = new byte[BUFFER_BYTES];
            int written;
            do {
                written = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                out.write(buffer, 0, written);
            } while (written == buffer.length);
        } finally {
            deflater.end();
        }
        CRC32 crc = new CRC32();
        crc.update(plain);
        return new GzipStart(out.toByteArray(), (int) crc.getValue(), plain.length);
    }

    /**
     * The whole, compressed.
     *
     * @param end at most 65,535 bytes
     */
    byte[] endedBy(byte[] end) {
        if (end.length > MOST_IN_A_BLOCK) {
            throw new IllegalArgumentException(
                    "an end has " + end.length + " bytes, at most " + MOST_IN_A_BLOCK + " are allowed");
        }
        return ByteBuffer.allocate(start.length + BLOCK_BYTES + end.length + TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(start)
                .put(LAST_AS_IT_IS)
                .putShort((short) end.length)
                .putShort((short) ~end.length)
                .put(end)
                .putInt(continued(crc, end))
                .putInt(length + end.length)
                .array();
    }

    /** The whole, as it is. */
    byte[] plain(byte[] end) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(endedBy(end)), BUFFER_BYTES)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that it takes. */
    int bytes() {
        return start.length;
    }

    /** The CRC-32 of what has this one so far and goes on with these bytes: the JDK's begins at nothing only. */
    private static int continued(int crc, byte[] bytes) {
        int register = ~crc;
        for (byte each : bytes) {
            register ^= each & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                register = (register >>> 1) ^ (POLYNOMIAL & -(register & 1));
            }
        }
        return ~register;
    }
}
