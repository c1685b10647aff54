package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.InputException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a CSV file.
 *
 * @param line of the file where it begins
 */
record CsvRow(CsvTable table, long line, List<String> cells) {

    String cell(String column) {
        return cells.get(Objects.requireNonNull(table.indexByColumn().get(column)));
    }

    /** The cell's text, or null if it is empty. */
    @Nullable
    String text(String column) {
        String cell = cell(column);
        return table.format().isEmpty(cell) ? null : cell.strip();
    }

    /** The cell's number, or null if it is empty. */
    @Nullable
    BigDecimal number(String column) {
        String text = text(column);
        try {
            return text == null ? null : table.format().number(text);
        } catch (InputException e) {
            throw wrong(column, e.getMessage());
        }
    }

    InputException wrong(String column, @Nullable String allowed) {
        return new InputException("column " + column + " is \"" + cell(column) + "\", " + allowed);
    }

    String place() {
        return table.file() + " line " + line;
    }
}
