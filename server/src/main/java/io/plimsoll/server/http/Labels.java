package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What an answer leaves out, and what in it is not up to date. */
final class Labels {

    private final Map<Lack, Set<Integer>> missing = new TreeMap<>(
            Comparator.comparing(Lack::store).thenComparing(Lack::instance).thenComparing(Lack::reason));
    private final List<StalePart> stale = new ArrayList<>();

    /** Parts of a store that are missing for one reason. */
    record Lack(String store, String instance, Trouble reason) {}

    void miss(Lack lack, int part) {
        missing.computeIfAbsent(lack, any -> new TreeSet<>()).add(part);
    }

    void stale(StalePart part) {
        stale.add(part);
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    boolean isUpToDate() {
        return stale.isEmpty();
    }

    /** Adds them to a list: complete, missing, stale and, where it is, staleParts. */
    void addTo(ObjectNode body, ToIntFunction<String> parts, Function<Map.Entry<Lack, Set<Integer>>, Set<String>> ids) {
        body.put("complete", missing.isEmpty());
        ArrayNode list = body.putArray("missing");
        for (Map.Entry<Lack, Set<Integer>> entry : missing.entrySet()) {
            Lack lack = entry.getKey();
            ObjectNode each = list.addObject()
                    .put("instance", lack.instance())
                    .put("reason", lack.reason().name())
                    .put("store", lack.store());
            ArrayNode numbers = each.putArray("partitions");
            entry.getValue().forEach(numbers::add);
            each.put("of", parts.applyAsInt(lack.store()));
            ArrayNode named = each.putArray("ids");
            ids.apply(entry).forEach(named::add);
        }
        body.put("stale", !stale.isEmpty());
        if (!stale.isEmpty()) {
            ArrayNode which = body.putArray("staleParts");
            stale.forEach(part -> which.add(part.json()));
        }
    }
}
