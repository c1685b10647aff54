package io.plimsoll.connectors.feed;

import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import io.plimsoll.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Takes the records that a feed makes, in order. */
public final class FeedOutput {

    private List<FeedRecord> records = new ArrayList<>();

    /** Adds a record. */
    public <V extends SpecificRecord> void add(
            Topic<V> topic, String key, long timestampMs, @Nullable V value, SourceMark mark) {
        records.add(new FeedRecord(topic, key, timestampMs, value, mark));
    }

    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** Gives what has been added since the last time. */
    public List<FeedRecord> drain() {
        List<FeedRecord> drained = records;
        records = new ArrayList<>();
        return drained;
    }
}
