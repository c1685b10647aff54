package io.plimsoll.connectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what is written to it. */
public final class CollectedRecords implements RecordSink {

    /** One record as written. */
    public record Written(
            String topic,
            String key,
            long timestampMs,
            @Nullable SpecificRecord value) {}

    private final List<Written> all = new ArrayList<>();
    private int flushes;

    @Override
    public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
        all.add(new Written(topic, key, timestampMs, value));
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public void close() {}

    public List<Written> all() {
        return all;
    }

    public int flushes() {
        return flushes;
    }

    public List<Written> of(String topic) {
        return all.stream().filter(written -> written.topic().equals(topic)).toList();
    }

    /** The last value of each key, as a compacted topic would hold them; keys with a tombstone are gone. */
    public <V extends SpecificRecord> Map<String, V> latest(String topic, Class<V> type) {
        Map<String, V> latest = new LinkedHashMap<>();
        for (Written written : of(topic)) {
            if (written.value() == null) {
                latest.remove(written.key());
            } else {
                latest.put(written.key(), type.cast(written.value()));
            }
        }
        return latest;
    }
}
