package io.plimsoll.connectors.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits CSV into rows of cells: cells may be quoted, then hold separators, line ends and doubled quotes. */
final class CsvReader {

    private static final int END = -1;
    private static final char QUOTE = '"';

    private final BufferedReader reader;
    private final char separator;
    private long line;
    private long lineEnds;

    CsvReader(BufferedReader reader, char separator) {
        this.reader = reader;
        this.separator = separator;
    }

    /** Line on which the latest row begins, from 1. */
    long line() {
        return line;
    }

    /** The next row, empty lines passed over; null at the end. */
    @Nullable
    List<String> next() throws IOException {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        line = lineEnds + 1;
        while (true) {
            int read = reader.read();
            if (read == '\n') {
                lineEnds++;
            }
            if (quoted && read != END) {
                quoted = inQuotes((char) read, cell);
            } else if (read == QUOTE && cell.isEmpty()) {
                quoted = true;
                begun = true;
            } else if (read == separator) {
                cells.add(cell.toString());
                cell.setLength(0);
                begun = true;
            } else if (read == '\n' || read == END) {
                if (begun || !cell.isEmpty()) {
                    cells.add(cell.toString());
                    return cells;
                }
                if (read == END) {
                    return null;
                }
                line = lineEnds + 1;
            } else if (read != '\r') {
                cell.append((char) read);
            }
        }
    }

    /** Takes a character between quotes; tells whether the quotes are still open. */
    private boolean inQuotes(char read, StringBuilder cell) throws IOException {
        if (read != QUOTE) {
            cell.append(read);
            return true;
        }
        reader.mark(1);
        if (reader.read() == QUOTE) {
            cell.append(QUOTE);
            return true;
        }
        reader.reset();
        return false;
    }
}
