package io.plimsoll.connectors.file;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordedRecord;
import io.plimsoll.connectors.RecordingReader;
import io.plimsoll.connectors.feed.SourceOffsets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads recordings line by line, one after the other in the order of their names, and again what is added to them.
 *
 * <p>A file is known by its first line and by the line that was read last, not by its name: one that is renamed goes on
 * where it was, another one under an old name is read from its beginning.
 */
final class RecordingFiles implements FileReading {

    private static final String KIND = "recording";

    /** So many files may have the same first line; daily recordings of a compacted topic do. */
    private static final int ALIKE = 64;

    /** A file that is read. */
    private static final class Tail {

        private final String name;
        private Place place;
        private FileFolder.@Nullable Seen readAt;
        private boolean cut;

        Tail(String name, Place place) {
            this.name = name;
            this.place = place;
        }
    }

    private final SourceOffsets offsets;
    private final boolean follows;
    private final Map<Path, Tail> tails = new TreeMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private TreeMap<Path, FileFolder.Seen> files = new TreeMap<>();
    private @Nullable Path openFile;
    private @Nullable Lines open;

    RecordingFiles(SourceOffsets offsets, boolean follows) {
        this.offsets = offsets;
        this.follows = follows;
    }

    @Override
    public void look(TreeMap<Path, FileFolder.Seen> now, long nowMs) throws IOException {
        files = now;
        List<Path> gone = new ArrayList<>();
        for (Map.Entry<Path, Tail> entry : tails.entrySet()) {
            FileFolder.Seen seen = now.get(entry.getKey());
            boolean same = seen != null
                    && (seen.equals(entry.getValue().readAt)
                            || entry.getValue().place.isIn(entry.getKey()));
            if (!same) {
                gone.add(entry.getKey());
            }
        }
        gone.forEach(this::forget);
        for (Path file : now.keySet()) {
            if (!tails.containsKey(file)) {
                begin(file);
            }
        }
    }

    private void forget(Path file) {
        tails.remove(file);
        if (file.equals(openFile)) {
            closeFile();
        }
    }

    /** Finds out whether the file, or its beginning, was read before. */
    private void begin(Path file) throws IOException {
        byte[] first;
        try (Lines lines = Lines.open(file, 0)) {
            first = lines.next();
        }
        if (first == null || (follows && !Lines.isWhole(first))) {
            return;
        }
        String head = Long.toHexString(Place.sum(first)) + "-" + first.length;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ALIKE; i++) {
            names.add(head + "-" + i);
        }
        offsets.of(KIND, names).forEach((name, offset) -> places.putIfAbsent(name, Place.of(offset)));
        Set<String> inUse = new HashSet<>();
        tails.values().forEach(tail -> inUse.add(tail.name));
        String best = null;
        String free = null;
        for (String name : names) {
            Place place = inUse.contains(name) ? null : places.get(name);
            if (place != null && place.isIn(file)) {
                boolean further = best == null
                        || place.position()
                                > places.getOrDefault(best, Place.START).position();
                best = further ? name : best;
            } else if (free == null && !places.containsKey(name) && !inUse.contains(name)) {
                free = name;
            }
        }
        best = best == null ? free : best;
        if (best == null) {
            throw new IOException("more than " + ALIKE + " files have the same first line");
        }
        tails.put(file, new Tail(best, places.getOrDefault(best, Place.START)));
    }

    @Override
    public int read(int most, FileSink sink) throws IOException {
        int read = 0;
        for (Map.Entry<Path, FileFolder.Seen> entry : files.entrySet()) {
            Tail tail = tails.get(entry.getKey());
            if (tail != null && !entry.getValue().equals(tail.readAt)) {
                read += read(entry.getKey(), entry.getValue(), tail, most - read, sink);
                if (read >= most) {
                    break;
                }
            }
        }
        return read;
    }

    private int read(Path file, FileFolder.Seen seen, Tail tail, int most, FileSink sink) throws IOException {
        Lines lines = open;
        if (lines == null || !file.equals(openFile)) {
            closeFile();
            lines = Lines.open(file, tail.place.position());
            open = lines;
            openFile = file;
        }
        for (int read = 0; read < most; read++) {
            byte[] line = lines.next();
            if (line == null || (follows && !Lines.isWhole(line) && line.length < Lines.LONGEST)) {
                tail.cut = line != null;
                tail.readAt = seen;
                closeFile();
                return read;
            }
            tail.cut = false;
            tail.place = tail.place.after(line, lines.position());
            places.put(tail.name, tail.place);
            take(file, tail, line, sink);
        }
        return most;
    }

    private void take(Path file, Tail tail, byte[] line, FileSink sink) {
        String place = file + " line " + tail.place.line();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            if (!text.isBlank()) {
                RecordedRecord record = RecordingReader.parse(text);
                sink.take(record, place, offsets.mark(KIND, tail.name, tail.place.toOffset()));
            }
        } catch (CharacterCodingException e) {
            sink.refuse(place, new InputException("this is not UTF-8", e));
        } catch (InputException e) {
            sink.refuse(place, e);
        }
    }

    @Override
    public @Nullable String waiting() {
        for (Map.Entry<Path, Tail> entry : tails.entrySet()) {
            if (entry.getValue().cut) {
                return entry.getKey() + " line " + (entry.getValue().place.line() + 1) + " has no end yet";
            }
        }
        return null;
    }

    private void closeFile() {
        Lines lines = open;
        if (lines != null) {
            lines.close();
        }
        open = null;
        openFile = null;
    }

    @Override
    public void close() {
        closeFile();
    }
}
