package io.plimsoll.connectors;

import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes a replay with marks between its records, so that a monitor in event-time order knows how far each partition has
 * come: whenever a record begins a new second of event time, the seconds before it are marked on all input topics.
 *
 * <p>A record that comes later than a newer second is written behind that second's mark, and counts from there.
 */
public final class MarkedRecordSink implements RecordSink {

    /** Writes a mark on all partitions of a topic. */
    public interface MarkWriter {
        /**
         * @param topic full name
         * @param upToMs as in {@link ReplayMark}
         * @param timestampMs of the record, epoch milliseconds
         */
        void mark(String topic, long upToMs, long timestampMs);
    }

    private static final long SECOND_MS = 1_000;

    private final RecordSink sink;
    private final MarkWriter marks;
    private boolean begun;
    private long latestMs;

    /** @param sink takes the records, in order with the marks */
    public MarkedRecordSink(RecordSink sink, MarkWriter marks) {
        this.sink = sink;
        this.marks = marks;
    }

    /** A sink that writes both to Kafka; it closes the given one with itself. */
    public static MarkedRecordSink of(KafkaRecordSink sink) {
        return new MarkedRecordSink(sink, sink::mark);
    }

    @Override
    public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
        if (!begun) {
            begun = true;
            latestMs = timestampMs;
            mark(ReplayMark.BEGIN, timestampMs);
            for (Topic<?> terms : ReplayMark.TERMS) {
                marks.mark(terms.name(), ReplayMark.FOR_EVER, timestampMs);
            }
        }
        if (Math.floorDiv(timestampMs, SECOND_MS) > Math.floorDiv(latestMs, SECOND_MS)) {
            mark(Math.floorDiv(timestampMs, SECOND_MS) * SECOND_MS - 1, latestMs);
        }
        latestMs = Math.max(latestMs, timestampMs);
        sink.write(topic, key, timestampMs, value);
    }

    /** Marks everything that was written: nothing more comes. */
    public void end() {
        if (begun) {
            mark(latestMs, latestMs);
        }
        flush();
    }

    private void mark(long upToMs, long timestampMs) {
        for (Topic<?> topic : ReplayMark.DATA) {
            marks.mark(topic.name(), upToMs, timestampMs);
        }
    }

    @Override
    public void flush() {
        sink.flush();
    }

    @Override
    public void close() {
        sink.close();
    }
}
