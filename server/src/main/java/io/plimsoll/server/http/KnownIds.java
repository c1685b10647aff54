package io.plimsoll.server.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The ids of the last whole answer about a store, so that a partial one can name what it leaves out. */
final class KnownIds {

    private static final int MOST = 10_000;

    private final StateQueries queries;
    private final Map<String, Set<String>> idsByStore = new ConcurrentHashMap<>();

    KnownIds(StateQueries queries) {
        this.queries = queries;
    }

    /** Of very many none are remembered. */
    void remember(String store, Set<String> ids) {
        if (ids.size() <= MOST) {
            idsByStore.put(store, ids);
        }
    }

    /** Those that belong to parts of the store; none where no whole answer was seen. */
    Set<String> of(String store, Set<Integer> parts) {
        Set<String> ids = new TreeSet<>();
        for (String id : idsByStore.getOrDefault(store, Set.of())) {
            if (parts.contains(queries.owner(store, id).part())) {
                ids.add(id);
            }
        }
        return ids;
    }
}
