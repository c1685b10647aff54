package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records of markets when what they say has changed, and at intervals though it has not. What was written last is
 * remembered in the source's offsets, so that a restart repeats nothing.
 */
public final class ChangedRecords<V extends SpecificRecord> {

    /** For records that are written only when they change. */
    public static final long NEVER = Long.MAX_VALUE;

    private record Written(String line, String of, long atMs) {}

    private final Topic<V> topic;
    private final String venue;
    private final String kind;
    private final SourceOffsets offsets;
    private final long refreshMs;
    private final Map<String, Written> byName = new HashMap<>();

    /**
     * @param kind of the places in the source's offsets
     * @param refreshMs how often a record that does not change is written, milliseconds; or {@link #NEVER}
     */
    public ChangedRecords(Topic<V> topic, String venue, String kind, SourceOffsets offsets, long refreshMs) {
        this.topic = topic;
        this.venue = venue;
        this.kind = kind;
        this.offsets = offsets;
        this.refreshMs = refreshMs;
    }

    /** Reads what earlier tasks have written of those names that were not read before; one reading for all. */
    public void recall(Collection<String> names) {
        List<String> unknown =
                names.stream().filter(name -> !byName.containsKey(name)).toList();
        Map<String, Map<String, String>> stored = unknown.isEmpty() ? Map.of() : offsets.of(kind, unknown);
        for (String name : unknown) {
            Map<String, String> offset = stored.getOrDefault(name, Map.of());
            byName.put(
                    name,
                    new Written("", offset.getOrDefault("of", ""), Long.parseLong(offset.getOrDefault("time", "0"))));
        }
    }

    /**
     * Writes a market's record if it is due.
     *
     * @param line all that the record says, in one line: the same line, the same record
     * @param timeMs event time, epoch milliseconds
     * @return whether it was written
     */
    public boolean write(String symbol, V value, String line, long timeMs, long nowMs, FeedOutput output) {
        Written before = byName.get(symbol);
        if (before == null) {
            recall(List.of(symbol));
            before = byName.get(symbol);
        }
        String fingerprint;
        if (before != null && nowMs - before.atMs() < refreshMs) {
            if (before.line().equals(line)) {
                return false;
            }
            fingerprint = Fingerprint.of(line);
            if (before.of().equals(fingerprint)) {
                byName.put(symbol, new Written(line, fingerprint, before.atMs()));
                return false;
            }
        } else {
            fingerprint = Fingerprint.of(line);
        }
        byName.put(symbol, new Written(line, fingerprint, nowMs));
        output.add(
                topic,
                Keys.market(venue, symbol),
                timeMs,
                value,
                offsets.mark(kind, symbol, Map.of("of", fingerprint, "time", Long.toString(nowMs))));
        return true;
    }
}
