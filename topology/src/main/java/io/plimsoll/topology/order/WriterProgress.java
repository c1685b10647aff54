package io.plimsoll.topology.order;

import io.plimsoll.schemas.ReplayMark;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** How far each writer has come in event time, by its marks; kept in a store. */
final class WriterProgress {

    /** How far a writer has come in the present run of its replay. */
    private static final String RUN = "run ";

    /** How far it has come in any run. */
    private static final String REACHED = "reached ";

    /** How many writers a floor has. */
    private static final String WRITERS = "writers ";

    private final KeyValueStore<String, Long> store;
    private final Set<String> floors;
    private final Map<String, Long> known = new HashMap<>();

    /** @param floors all whose writers are waited for */
    WriterProgress(KeyValueStore<String, Long> store, Set<String> floors) {
        this.store = store;
        this.floors = floors;
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(row -> known.put(row.key, row.value));
        }
    }

    static String writer(String floor, int partition) {
        return floor + "/" + partition;
    }

    long kept(String key, long otherwise) {
        return known.getOrDefault(key, otherwise);
    }

    void keep(String key, long value) {
        Long before = known.put(key, value);
        if (before == null || before != value) {
            store.put(key, value);
        }
    }

    /** Takes a mark; true where a new run of a replay begins with it. */
    boolean take(String floor, int partition, int partitions, long upToMs) {
        String writer = writer(floor, partition);
        boolean begins = upToMs < runMs(writer) || upToMs == ReplayMark.BEGIN;
        keep(WRITERS + floor, partitions);
        keep(RUN + writer, upToMs);
        if (upToMs > reachedMs(writer)) {
            keep(REACHED + writer, upToMs);
        }
        return begins;
    }

    /** Where a writer's present run is. */
    long runMs(String writer) {
        return kept(RUN + writer, ReplayMark.BEGIN);
    }

    /** Up to where everything of a writer has come. */
    long reachedMs(String writer) {
        return kept(REACHED + writer, ReplayMark.BEGIN);
    }

    /** Up to where everything of all writers has come. */
    long reachedByAllMs() {
        long reachedMs = ReplayMark.FOR_EVER;
        for (String floor : floors) {
            long writers = kept(WRITERS + floor, 0);
            if (writers == 0) {
                return ReplayMark.BEGIN;
            }
            for (int writer = 0; writer < writers; writer++) {
                reachedMs = Math.min(reachedMs, reachedMs(writer(floor, writer)));
            }
        }
        return reachedMs;
    }
}
