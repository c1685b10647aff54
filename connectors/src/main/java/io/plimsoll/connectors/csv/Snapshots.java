package io.plimsoll.connectors.csv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.InputException;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Remembers the complete lists of a run and finds what a list no longer has. Rules of one topic add to the same lists.
 */
final class Snapshots {

    /** A key that was in a list and is missing in the next: gone at that list's time, before {@code order}. */
    record Gone(Topic<?> topic, String key, long timestampMs, long order) {}

    private record Scope(Topic<?> topic, String name) {}

    private record Batch(Scope scope, long timeOrFile) {}

    /** A list while it is collected. */
    private static final class Listed {

        private final String place;
        private final Set<String> keys = new HashSet<>();
        private long timestampMs;
        private long firstOrder = Long.MAX_VALUE;

        Listed(String place) {
            this.place = place;
        }
    }

    private record Latest(long timestampMs, Set<String> keys) {}

    private final Map<Scope, Latest> latest = new HashMap<>();
    private final Map<Batch, Listed> collected = new HashMap<>();

    /**
     * Puts a record into its list.
     *
     * @param place of its row, for messages
     * @param timeOrFile what tells the list from the next one in its scope
     */
    void add(Topic<?> topic, String scope, String key, long timestampMs, long timeOrFile, long order, String place) {
        Listed listed =
                collected.computeIfAbsent(new Batch(new Scope(topic, scope), timeOrFile), batch -> new Listed(place));
        listed.keys.add(key);
        listed.timestampMs = Math.max(listed.timestampMs, timestampMs);
        listed.firstOrder = Math.min(listed.firstOrder, order);
    }

    /**
     * What the lists collected since the last call no longer have.
     *
     * @param refused is told of a list that is older than one that came before it
     */
    List<Gone> gone(Consumer<InputException> refused) {
        List<Gone> gone = new ArrayList<>();
        collected.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Batch, Listed>>comparingLong(each -> each.getValue().timestampMs)
                        .thenComparingLong(each -> each.getValue().firstOrder))
                .forEach(each -> compare(each.getKey().scope, each.getValue(), gone, refused));
        collected.clear();
        return gone;
    }

    private void compare(Scope scope, Listed next, List<Gone> gone, Consumer<InputException> refused) {
        Latest before = latest.get(scope);
        if (before == null) {
            latest.put(scope, new Latest(next.timestampMs, next.keys));
            return;
        }
        if (next.timestampMs < before.timestampMs) {
            refused.accept(new InputException(next.place + ": a snapshot of " + scope.topic.name() + " " + scope.name
                    + " is older than the one before it, allowed with order: file are files in order of time"));
            return;
        }
        if (next.timestampMs == before.timestampMs) {
            before.keys.addAll(next.keys);
            return;
        }
        before.keys.stream()
                .filter(key -> !next.keys.contains(key))
                .sorted()
                .forEach(key -> gone.add(new Gone(scope.topic, key, next.timestampMs, next.firstOrder)));
        latest.put(scope, new Latest(next.timestampMs, next.keys));
    }

    /** The latest lists, to be kept over a restart. */
    ArrayNode kept() {
        ArrayNode lists = JsonNodeFactory.instance.arrayNode();
        latest.forEach((scope, list) -> {
            ObjectNode each = lists.addObject()
                    .put("topic", scope.topic.name())
                    .put("scope", scope.name)
                    .put("time", list.timestampMs);
            ArrayNode keys = each.putArray("keys");
            list.keys.stream().sorted().forEach(keys::add);
        });
        return lists;
    }

    /** Takes up what was kept. */
    void restore(JsonNode lists) {
        latest.clear();
        for (JsonNode each : lists) {
            Set<String> keys = new HashSet<>();
            each.path("keys").forEach(key -> keys.add(key.textValue()));
            Topics.named(each.path("topic").asText())
                    .ifPresent(topic -> latest.put(
                            new Scope(topic, each.path("scope").asText()),
                            new Latest(each.path("time").longValue(), keys)));
        }
    }
}
