package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.Failures;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A CSV file in memory; its first row names the columns. */
record CsvTable(Path file, CsvFormat format, Map<String, Integer> indexByColumn, List<CsvRow> rows) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Line on which a file's first row is, as long as no name of a column has a line end in it. */
    static final long FIRST_ROW = 2;

    /** @throws InputException if the file cannot be read or is no CSV with a header, or a row does not fit it */
    static CsvTable read(Path file, CsvFormat format) {
        try (InputFile input = InputFile.open(file)) {
            return read(file, format, input.content(), FIRST_ROW, problem -> {
                throw problem;
            });
        }
    }

    /**
     * Reads a header and some rows of a file.
     *
     * @param firstRow line of the file on which the first row is
     * @param refused is told of rows that do not fit the header
     */
    static CsvTable read(
            Path file, CsvFormat format, InputStream content, long firstRow, Consumer<InputException> refused) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                content,
                format.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            return read(file, format, new CsvReader(reader, format.separator()), firstRow - FIRST_ROW, refused);
        } catch (IOException e) {
            throw new InputException(
                    file + ": cannot be read as " + format.charset().name() + ": " + Failures.reason(e), e);
        }
    }

    private static CsvTable read(
            Path file, CsvFormat format, CsvReader csv, long linesBefore, Consumer<InputException> refused)
            throws IOException {
        List<String> header = csv.next();
        if (header == null) {
            throw new InputException(file + " line 1: the file is empty, allowed is a first line with column names");
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).strip();
            if (i == 0 && !name.isEmpty() && name.charAt(0) == BYTE_ORDER_MARK) {
                name = name.substring(1);
            }
            if (columns.put(name, i) != null) {
                throw new InputException(file + " line 1: column " + name + " is there twice, allowed is once");
            }
        }
        List<CsvRow> rows = new ArrayList<>();
        CsvTable table = new CsvTable(file, format, columns, rows);
        for (List<String> cells = csv.next(); cells != null; cells = csv.next()) {
            long line = csv.line() + linesBefore;
            if (cells.size() == header.size()) {
                rows.add(new CsvRow(table, line, cells));
            } else {
                refused.accept(new InputException(file + " line " + line + ": the row has " + cells.size()
                        + " cells, allowed is " + header.size() + " as in the first line"));
            }
        }
        return table;
    }
}
