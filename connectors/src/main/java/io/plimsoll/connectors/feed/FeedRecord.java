package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.Topic;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to a topic.
 *
 * @param timestampMs event time, epoch milliseconds
 * @param value null is a tombstone
 * @param mark how far the source has been read once this record is written
 */
public record FeedRecord(
        Topic<?> topic,
        String key,
        long timestampMs,
        @Nullable SpecificRecord value,
        SourceMark mark) {

    /**
     * A place in the source, as Kafka Connect keeps it.
     *
     * @param partition the part of the source that it is a place in
     * @param offset the place: what a task needs to go on there without repeating or losing a change
     */
    public record SourceMark(Map<String, String> partition, Map<String, String> offset) {}

    public FeedRecord {
        if (value != null && !topic.valueType().isInstance(value)) {
            throw new IllegalArgumentException(
                    topic.name() + " holds " + topic.valueType().getSimpleName());
        }
    }
}
