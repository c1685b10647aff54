package io.plimsoll.connectors.file;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordedRecord;
import io.plimsoll.connectors.feed.FeedRecord.SourceMark;

/** Takes what is read of files. */
interface FileSink {

    /**
     * Takes a record.
     *
     * @param place file and line, for messages
     */
    void take(RecordedRecord record, String place, SourceMark mark);

    /** Takes note of what cannot be used. */
    void refuse(String place, InputException problem);
}
