package io.plimsoll.connectors;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where feeds, replays and imports put their records, in the order they are written.
 *
 * <p>Not for use by several threads.
 */
public interface RecordSink extends AutoCloseable {

    /**
     * Takes one record.
     *
     * @param topic full name of a topic of the catalogue
     * @param key the record's key in the topic's shape
     * @param timestampMs event time, epoch milliseconds
     * @param value the record; null is a tombstone
     * @throws RecordSinkException if this record or an earlier one cannot be written
     */
    void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value);

    /**
     * Returns when everything taken so far is written.
     *
     * @throws RecordSinkException if a record taken so far could not be written
     */
    void flush();

    /** Writes what is left, then lets go of the sink's resources. */
    @Override
    void close();
}
