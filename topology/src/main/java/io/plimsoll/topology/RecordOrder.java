package io.plimsoll.topology;

/** In which order records are processed that reach a task by different ways. */
public enum RecordOrder {
    /** As they arrive; states are published by the wall clock. */
    ARRIVAL,

    /**
     * In order of event time; states are published at each second of event time that had records. For replays, which
     * write marks of how far they have come: without these nothing is processed.
     */
    EVENT_TIME
}
