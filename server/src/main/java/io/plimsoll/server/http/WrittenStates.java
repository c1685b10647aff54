package io.plimsoll.server.http;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Long states as they were written last. A ladder of thousands of rungs is published every few seconds, and asked for much more
 * often: it is written again only when it is another one.
 */
final class WrittenStates {

    /** What all of them together may take; those asked for least recently go first. */
    private static final long MOST_BYTES = 32 << 20;
    /** One that another has taken the place of is let go then, though nobody asks for the other. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Cache<Key, Kept> kept = CacheBuilder.newBuilder()
            // In one piece, so that a single long state may take all of it.
            .concurrencyLevel(1)
            .expireAfterWrite(KEPT)
            .maximumWeight(MOST_BYTES)
            .weigher((Key key, Kept entry) -> entry.written().bytes())
            .build();

    private record Key(String store, String id, Object seenBy) {}

    /** A state, and the value of the store that it was written of. */
    private record Kept(Object value, WrittenState written) {}

    /**
     * A value of a store, written.
     *
     * @param value never changes: what it is written as follows from it
     * @param seenBy the same for all who may see the same
     * @param writer writes it
     */
    WrittenState of(String store, String id, Object seenBy, Object value, Supplier<WrittenState> writer) {
        Key key = new Key(store, id, seenBy);
        Kept known = kept.getIfPresent(key);
        if (known != null && known.value() == value) {
            return known.written();
        }
        // Two who ask at the same moment may both write it.
        WrittenState written = writer.get();
        kept.put(key, new Kept(value, written));
        return written;
    }
}
