package io.plimsoll.topology.episodes;

import io.plimsoll.risk.episode.CascadeEpisode;
import io.plimsoll.risk.episode.ForcedMinute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The episodes that were published, so that only what is new goes out, and what no longer holds is taken back. */
final class EpisodeBoard {

    private static final char SEPARATOR = '@';
    private static final long KEPT_MS = 30L * 24 * 3_600_000;

    private final KeyValueStore<String, io.plimsoll.schemas.avro.CascadeEpisode> store;
    private final Out out;

    /** Takes what is to be published. */
    interface Out {
        /** Takes an episode's record, or a {@link TakenBack}. */
        void accept(String key, Object value, long eventTimeMs);
    }

    EpisodeBoard(KeyValueStore<String, io.plimsoll.schemas.avro.CascadeEpisode> store, Out out) {
        this.store = store;
        this.out = out;
    }

    /** An episode and its record. */
    record Entry(CascadeEpisode episode, io.plimsoll.schemas.avro.CascadeEpisode record) {}

    /**
     * Publishes what differs from what was published.
     *
     * @param fromMinute only episodes that begin in this minute or later are known for certain
     * @param entries all of these
     */
    void update(String subject, long fromMinute, List<Entry> entries) {
        Set<String> there = new HashSet<>();
        for (Entry entry : entries) {
            String key = key(subject, entry.episode().startMinute());
            there.add(key);
            if (!entry.record().equals(store.get(key))) {
                store.put(key, entry.record());
                out.accept(key, entry.record(), entry.record().getAsOfMs());
            }
        }
        boolean calm = entries.stream().allMatch(entry -> entry.record().getIsFinal());
        for (String key : keys(subject, fromMinute, ForcedMinute.minuteOf(Long.MAX_VALUE))) {
            if (!there.contains(key)) {
                long asOfMs = store.delete(key).getAsOfMs();
                out.accept(key, new TakenBack(subject, asOfMs, calm), asOfMs);
            }
        }
        keys(subject, 0, fromMinute - ForcedMinute.minuteOf(KEPT_MS)).forEach(store::delete);
    }

    private List<String> keys(String subject, long first, long last) {
        List<String> keys = new ArrayList<>();
        if (first > last) {
            return keys;
        }
        try (KeyValueIterator<String, io.plimsoll.schemas.avro.CascadeEpisode> range =
                store.range(key(subject, first), key(subject, last))) {
            range.forEachRemaining(row -> keys.add(row.key));
        }
        return keys;
    }

    /** subject@start in milliseconds, which have 13 digits from 2001 to 2286: so the order of keys is that of time. */
    static String key(String subject, long startMinute) {
        long startMs = ForcedMinute.startMs(Math.max(0, Math.min(startMinute, 166_666_666L)));
        return subject
                + SEPARATOR
                + String.valueOf(10_000_000_000_000L + startMs).substring(1);
    }
}
