package io.plimsoll.topology.markets;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.topology.DeadLetters;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Prices and depth of instruments that have not come. They are kept, and used from when their instrument comes; of what
 * has waited for long, the newest of a market is reported, and again as long as more comes.
 */
final class UnknownInstruments {

    private record Waiting(RoutedRecord newest, long sinceMs) {}

    private final long graceMs;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    UnknownInstruments(Duration grace) {
        this.graceMs = grace.toMillis();
    }

    /** Notes a price or depth; {@code nowMs} is wall-clock time. */
    void came(RoutedRecord record, long nowMs) {
        waiting.merge(
                key(record.getKind(), record.getKey()),
                new Waiting(record, nowMs),
                (before, now) -> new Waiting(
                        before.newest().getEventTimeMs() > record.getEventTimeMs() ? before.newest() : record,
                        before.sinceMs()));
    }

    /** What waited for an instrument waits no longer. */
    void known(String market) {
        waiting.remove(key(RecordKind.PRICE, market));
        waiting.remove(key(RecordKind.DEPTH, market));
    }

    /** Reports what has waited long enough. */
    void report(long nowMs, Consumer<Record<String, Object>> out) {
        for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
            Waiting each = all.next();
            if (nowMs - each.sinceMs() >= graceMs) {
                all.remove();
                out.accept(letter(each.newest()));
            }
        }
    }

    private static Record<String, Object> letter(RoutedRecord record) {
        boolean depth = record.getKind() == RecordKind.DEPTH;
        return new Record<>(
                record.getKey(),
                DeadLetters.of(
                        record,
                        depth ? Topics.DEPTH.name() : Topics.PRICES.name(),
                        DeadLetterReason.UNKNOWN_INSTRUMENT,
                        "instrument " + record.getKey() + " is not on " + Topics.INSTRUMENTS.name() + ": the "
                                + (depth ? "depth" : "price") + " is kept, and used from when it is"),
                record.getEventTimeMs());
    }

    private static String key(RecordKind kind, String market) {
        return kind + " " + market;
    }
}
