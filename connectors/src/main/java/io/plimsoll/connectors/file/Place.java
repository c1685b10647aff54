package io.plimsoll.connectors.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * How far a file has been read, and how to tell whether a file is still that one.
 *
 * @param position behind the last line that was read, bytes of what is in the file
 * @param line its number, from 1; 0: nothing was read
 * @param length of that line, bytes with its end
 * @param check sum of that line
 */
record Place(long position, long line, int length, long check) {

    static final Place START = new Place(0, 0, 0, 0);

    /** The place behind the next line. */
    Place after(byte[] bytes, long nextPosition) {
        return new Place(nextPosition, line + 1, bytes.length, sum(bytes));
    }

    /** Whether the file has that line there. */
    boolean isIn(Path file) throws IOException {
        if (length == 0) {
            return true;
        }
        try (Lines lines = Lines.open(file, position - length)) {
            byte[] bytes = lines.next();
            return bytes != null && bytes.length >= length && sum(Arrays.copyOf(bytes, length)) == check;
        } catch (EOFException e) {
            return false;
        }
    }

    static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    Map<String, String> toOffset() {
        Map<String, String> offset = new LinkedHashMap<>();
        offset.put("position", Long.toString(position));
        offset.put("line", Long.toString(line));
        offset.put("length", Integer.toString(length));
        offset.put("check", Long.toString(check));
        return offset;
    }

    static Place of(Map<String, String> offset) {
        return new Place(
                number(offset, "position"),
                number(offset, "line"),
                (int) number(offset, "length"),
                number(offset, "check"));
    }

    private static long number(Map<String, String> offset, String name) {
        return Long.parseLong(offset.getOrDefault(name, "0"));
    }
}
