package io.plimsoll.server.openapi;

import java.util.List;

/**
 * How an answer becomes rows: one for each item of the innermost list, with the plain members of what it lies in before its
 * own.
 *
 * @param path names of lists, each within an item of the one before; an item's own members come under their names, those of
 *     a list within another item under the list's name, a dot and theirs
 * @param whole whether the answer itself is the outermost item
 */
public record Table(boolean whole, List<String> path) {

    /** Rows of a list, or of lists within its items. */
    public static Table of(String... path) {
        return new Table(false, List.of(path));
    }

    /** Rows of a list within the answer, whose own members stand before each. */
    public static Table within(String... path) {
        return new Table(true, List.of(path));
    }
}
