package io.plimsoll.connectors.csv;

import java.util.Set;

/**
 * A condition on a row's column.
 *
 * @param values texts that the cell is compared with; an empty text is an empty cell
 * @param wanted whether the cell has to be one of them, or none
 */
record Condition(String column, Set<String> values, boolean wanted) {

    boolean holds(CsvRow row) {
        String text = row.text(column);
        return values.contains(text == null ? "" : text) == wanted;
    }
}
