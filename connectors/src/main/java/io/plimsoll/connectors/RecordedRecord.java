package io.plimsoll.connectors;

import io.plimsoll.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of a recording.
 *
 * @param topic where it was, and is to be written again
 * @param key as on the topic
 * @param timestampMs event time, epoch milliseconds, 0 or later
 * @param value null is a tombstone
 */
public record RecordedRecord(
        Topic<?> topic,
        String key,
        long timestampMs,
        @Nullable SpecificRecord value) {

    public RecordedRecord {
        if (timestampMs < 0) {
            throw new InputException("timestamp is " + timestampMs + ", allowed is 0 or more epoch milliseconds");
        }
        if (value != null && !topic.valueType().isInstance(value)) {
            throw new IllegalArgumentException(
                    topic.name() + " holds " + topic.valueType().getSimpleName());
        }
    }
}
