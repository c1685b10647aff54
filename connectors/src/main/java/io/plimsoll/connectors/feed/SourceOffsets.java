package io.plimsoll.connectors.feed;

import io.plimsoll.connectors.feed.FeedRecord.SourceMark;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** How far a task's predecessors have come. A place in the source is known by its kind and its name. */
public final class SourceOffsets {

    private final String venue;
    private final Function<Collection<Map<String, String>>, Map<Map<String, String>, Map<String, Object>>> stored;

    /** @param stored gives what is stored for each of the partitions of which something is */
    SourceOffsets(
            String venue,
            Function<Collection<Map<String, String>>, Map<Map<String, String>, Map<String, Object>>> stored) {
        this.venue = venue;
        this.stored = stored;
    }

    /** Those that Kafka Connect keeps. */
    public static SourceOffsets of(String venue, OffsetStorageReader reader) {
        return new SourceOffsets(venue, reader::offsets);
    }

    /** The place of that kind and name, with what is to be known there. */
    public SourceMark mark(String kind, String name, Map<String, String> offset) {
        return new SourceMark(partition(kind, name), offset);
    }

    /** What is known of each of the names; names of which nothing is are left out. One reading for all. */
    public Map<String, Map<String, String>> of(String kind, Collection<String> names) {
        Map<Map<String, String>, Map<String, Object>> found =
                stored.apply(names.stream().map(name -> partition(kind, name)).toList());
        Map<String, Map<String, String>> byName = new LinkedHashMap<>();
        for (String name : names) {
            @Nullable Map<String, Object> offset = found.get(partition(kind, name));
            if (offset != null) {
                Map<String, String> texts = new LinkedHashMap<>();
                offset.forEach((key, value) -> texts.put(key, String.valueOf(value)));
                byName.put(name, texts);
            }
        }
        return byName;
    }

    private Map<String, String> partition(String kind, String name) {
        return Map.of("venue", venue, "kind", kind, "name", name);
    }
}
