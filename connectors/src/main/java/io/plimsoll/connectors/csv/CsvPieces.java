package io.plimsoll.connectors.csv;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordedRecord;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes records of CSV files that come piece by piece, as {@link CsvImport} does of whole ones. What cannot be used is
 * told and left out. Complete lists (snapshots) are compared from piece to piece.
 */
public final class CsvPieces {

    /**
     * Some rows of a file.
     *
     * @param content gives the header's line, then the rows
     * @param firstRow line of the file on which the first row is
     */
    public record Piece(Path file, Supplier<InputStream> content, long firstRow) {}

    /** Line on which a file's first row is. */
    public static final long FIRST_ROW = CsvTable.FIRST_ROW;

    private final Mapping mapping;
    private final Consumer<InputException> refused;
    private final CsvUnit unit;

    /** @param refused is told what cannot be used: file, line, field, value and what is allowed */
    public CsvPieces(Mapping mapping, Consumer<InputException> refused) {
        this.mapping = mapping;
        this.refused = refused;
        this.unit = new CsvUnit(mapping, refused);
    }

    /** Whether a rule of the mapping is for files of this name. */
    public boolean takes(Path file) {
        return mapping.rules().stream().anyMatch(rule -> rule.isFor(file));
    }

    /**
     * The records of pieces that belong together, in the order in which they are to be written.
     *
     * @param first whether the mapping's constants come before them
     */
    public List<RecordedRecord> read(List<Piece> pieces, boolean first) {
        List<CsvTable> tables = new ArrayList<>();
        for (Piece piece : pieces) {
            try {
                CsvTable table = CsvTable.read(
                        piece.file(), mapping.format(), piece.content().get(), piece.firstRow(), refused);
                unit.check(table);
                tables.add(table);
            } catch (InputException e) {
                refused.accept(e);
            }
        }
        if (mapping.byTime()) {
            return unit.records(tables, first);
        }
        List<RecordedRecord> records = new ArrayList<>();
        for (CsvTable table : tables) {
            records.addAll(unit.records(List.of(table), first && records.isEmpty()));
        }
        return records;
    }

    /** The latest complete lists, to be kept over a restart. */
    public JsonNode lists() {
        return unit.snapshots().kept();
    }

    /** Takes up what was kept. */
    public void restore(JsonNode lists) {
        unit.snapshots().restore(lists);
    }
}
