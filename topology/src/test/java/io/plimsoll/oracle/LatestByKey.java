package io.plimsoll.oracle;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The latest record of every key: the newest event time wins, and of equal ones the record that came last. */
final class LatestByKey<V> {

    /** A record and its event time; value null: a tombstone. */
    record Held<V>(long timeMs, @Nullable V value) {}

    private final TreeMap<String, Held<V>> byKey = new TreeMap<>();

    void accept(String key, long timeMs, @Nullable V value) {
        Held<V> held = byKey.get(key);
        if (held == null || timeMs >= held.timeMs()) {
            byKey.put(key, new Held<>(timeMs, value));
        }
    }

    /** All keys ever seen, those of tombstones too, in order. */
    TreeMap<String, Held<V>> all() {
        return byKey;
    }

    @Nullable
    V value(String key) {
        Held<V> held = byKey.get(key);
        return held == null ? null : held.value();
    }
}
