package io.plimsoll.connectors.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordedRecord;
import io.plimsoll.connectors.csv.CsvPieces;
import io.plimsoll.connectors.csv.Mapping;
import io.plimsoll.connectors.feed.SourceOffsets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV in batches: all that is new in all files, once none of them changes any more. A batch's records are those that
 * an import of the same rows would write, in its order.
 *
 * <p>With each record is kept which rows the batch has, what was known before it, and how many of its records are written:
 * a task that starts makes the batch again and goes on behind them.
 */
final class CsvFiles implements FileReading {

    private static final String KIND = "csv";

    private final SourceOffsets offsets;
    private final CsvPieces pieces;
    private final boolean follows;
    private final long settleMs;
    private final String name;

    private final Map<Path, Place> done = new TreeMap<>();
    private final Map<Path, FileFolder.Seen> readAt = new TreeMap<>();
    private final Map<Path, String> cut = new TreeMap<>();
    private final List<InputException> refused = new ArrayList<>();
    private TreeMap<Path, FileFolder.Seen> files = new TreeMap<>();
    private long changedMs;
    private boolean due;
    private long batch;

    private List<RecordedRecord> records = List.of();
    private int written;
    private String rows = "";
    private String before = "";

    CsvFiles(SourceOffsets offsets, Mapping mapping, FileConfig config) {
        this.offsets = offsets;
        this.pieces = new CsvPieces(mapping, refused::add);
        this.follows = config.follows();
        this.settleMs = config.getLong(FileConfig.SETTLE);
        this.name = config.getString(FileConfig.PATH);
        Map<String, String> offset = offsets.of(KIND, List.of(name)).get(name);
        if (offset != null) {
            goOn(offset);
        }
    }

    /** Makes the batch again that was being written. */
    private void goOn(Map<String, String> offset) {
        before = offset.getOrDefault("before", "");
        rows = offset.getOrDefault("rows", "");
        batch = Long.parseLong(offset.getOrDefault("batch", "0"));
        JsonNode known = Packed.unpacked(before);
        known.path("files").properties().forEach(each -> done.put(Path.of(each.getKey()), place(each.getValue())));
        pieces.restore(known.path("lists"));
        List<CsvRows> all = new ArrayList<>();
        Packed.unpacked(rows).properties().forEach(each -> all.add(CsvRows.of(each.getKey(), each.getValue())));
        written = Integer.parseInt(offset.getOrDefault("written", "0"));
        make(all);
    }

    @Override
    public void look(TreeMap<Path, FileFolder.Seen> now, long nowMs) throws IOException {
        TreeMap<Path, FileFolder.Seen> mine = new TreeMap<>(now);
        mine.keySet().removeIf(file -> !pieces.takes(file));
        if (!mine.equals(files)) {
            files = mine;
            changedMs = nowMs;
        }
        due = nowMs - changedMs >= settleMs;
    }

    @Override
    public int read(int most, FileSink sink) throws IOException {
        if (written >= records.size() && due) {
            nextBatch();
        }
        for (InputException problem : refused) {
            sink.refuse(KIND, problem);
        }
        refused.clear();
        int end = Math.min(records.size(), written + most);
        int read = end - written;
        while (written < end) {
            RecordedRecord record = records.get(written);
            written++;
            sink.take(
                    record,
                    "batch " + batch + " record " + written,
                    offsets.mark(
                            KIND,
                            name,
                            Map.of(
                                    "batch",
                                    Long.toString(batch),
                                    "rows",
                                    rows,
                                    "before",
                                    before,
                                    "written",
                                    Integer.toString(written))));
        }
        return read;
    }

    private void nextBatch() throws IOException {
        List<CsvRows> fresh = new ArrayList<>();
        for (Map.Entry<Path, FileFolder.Seen> entry : files.entrySet()) {
            Path file = entry.getKey();
            if (entry.getValue().equals(readAt.get(file))) {
                continue;
            }
            Place from = done.getOrDefault(file, Place.START);
            if (!follows && from.position() > 0) {
                continue;
            }
            if (!from.isIn(file)) {
                from = Place.START;
            }
            CsvRows found = CsvRows.find(file, from, follows);
            cut.remove(file);
            if (found.isCut()) {
                cut.put(file, file + " line " + (found.to().line() + 1) + " has no end yet");
            }
            if (!found.isEmpty()) {
                fresh.add(found);
            } else {
                readAt.put(file, entry.getValue());
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        if (!records.isEmpty() || !rows.isEmpty()) {
            batch++;
        }
        before = Packed.packed(known());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        fresh.forEach(each -> json.set(each.file().toString(), each.toJson()));
        rows = Packed.packed(json);
        written = 0;
        make(fresh);
        fresh.forEach(each -> readAt.put(each.file(), files.get(each.file())));
    }

    private void make(List<CsvRows> all) {
        records = pieces.read(all.stream().map(CsvRows::piece).toList(), batch == 0);
        all.forEach(each -> done.put(each.file(), each.to()));
    }

    private ObjectNode known() {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        ObjectNode places = known.putObject("files");
        done.forEach((file, place) -> {
            ObjectNode json = places.putObject(file.toString());
            place.toOffset().forEach(json::put);
        });
        known.set("lists", pieces.lists());
        return known;
    }

    private static Place place(JsonNode json) {
        Map<String, String> texts = new TreeMap<>();
        json.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return Place.of(texts);
    }

    @Override
    public @Nullable String waiting() {
        return cut.values().stream().findFirst().orElse(null);
    }

    @Override
    public void close() {
        records = List.of();
    }
}
