package io.plimsoll.server.it;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Keeps what an import writes, to be fed piece by piece. */
final class CollectedLog implements RecordSink {

    private final List<LogRecord> records = new ArrayList<>();

    List<LogRecord> records() {
        return records;
    }

    @Override
    public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
        records.add(new LogRecord(topic, key, timestampMs, value));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
