package io.plimsoll.schemas;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes that are written to, taken, and written over again: the JDK's stream of bytes, without its lock at each byte.
 *
 * <p>Not for use by several threads.
 */
public final class GrowingBytes extends OutputStream {

    private static final int AT_FIRST = 512;

    /** What is kept at most between two records: one unusually large must not hold its memory for good. */
    private static final int KEPT = 64 * 1024;

    private byte[] bytes = new byte[AT_FIRST];
    private int count;

    @Override
    public void write(int b) {
        if (count == bytes.length) {
            grow(count + 1);
        }
        bytes[count++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        if (length > bytes.length - count) {
            grow(Math.addExact(count, length));
        }
        System.arraycopy(from, offset, bytes, count, length);
        count += length;
    }

    private void grow(int needed) {
        bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
    }

    /** What was written since this was last called. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, count);
        count = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[AT_FIRST];
        }
        return taken;
    }

    /** Drops what was written, as after a failure in the middle. */
    public void drop() {
        count = 0;
    }
}
