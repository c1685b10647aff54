package io.plimsoll.connectors.csv;

/** Whether a rule's rows are complete lists, so that what is missing from the next list is gone. */
enum SnapshotKind {
    /** They are changes. */
    NONE,
    /** All rows of one time are a complete list. */
    TIME,
    /** All rows of one file are a complete list. */
    FILE
}
