package io.plimsoll.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** States of several keys that an answer needs beside its own: asked for side by side, and those it had to do without. */
final class FoundStates {

    private final StateApi api;
    private final Peers peers;
    private final ObjectMapper json;
    private final String path;
    private final Deadline deadline;
    private final Labels labels = new Labels();
    private final Map<String, Optional<JsonNode>> found = new HashMap<>();
    private final Set<String> without = new TreeSet<>();

    /**
     * None yet.
     *
     * @param path under which others are asked for a key, with a slash at its end
     */
    FoundStates(StateApi api, Peers peers, ObjectMapper json, String path, Deadline deadline) {
        this.api = api;
        this.peers = peers;
        this.json = json;
        this.path = path;
        this.deadline = deadline;
    }

    /** Looks for states; those that have been looked for are not again. */
    <V extends SpecificRecord> void find(
            String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, Collection<String> keys) {
        Map<String, StateQueries.Owner> elsewhere = new LinkedHashMap<>();
        for (String key : keys) {
            if (!found.containsKey(key)) {
                StateQueries.Owner owner = api.queries().owner(store, key);
                if (owner.isHere()) {
                    found.put(key, here(store, type, key, owner));
                } else {
                    elsewhere.put(key, owner);
                }
            }
        }
        List<Asked> asked = new ArrayList<>();
        elsewhere.forEach((key, owner) -> asked.add(new Asked(
                key,
                owner,
                peers.ask(
                        owner.active(),
                        path + URLEncoder.encode(key, StandardCharsets.UTF_8),
                        Scope.LOCAL,
                        deadline,
                        null))));
        asked.forEach(each -> found.put(
                each.key(), take(store, each.key(), each.owner(), each.reply().join())));
    }

    private record Asked(String key, StateQueries.Owner owner, CompletableFuture<Peers.Reply> reply) {}

    private <V extends SpecificRecord> Optional<JsonNode> here(
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            String key,
            StateQueries.Owner owner) {
        try {
            return api.queries().part(owner.part()).get(store, type, key).map(value -> api.state(key, value));
        } catch (Problem moving) {
            Optional<JsonNode> stale = stale(store, type, key, owner);
            if (stale.isEmpty()) {
                miss(store, key, owner, Trouble.MOVING);
            }
            return stale;
        }
    }

    private <V extends SpecificRecord> Optional<JsonNode> stale(
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            String key,
            StateQueries.Owner owner) {
        try {
            StateQueries.Copy own = api.queries().own(store, owner.part());
            Optional<JsonNode> state = own.reader().get(store, type, key).map(value -> api.state(key, value));
            if (state.isPresent()) {
                labels.stale(new StalePart(
                        Peers.name(api.queries().here()), store, owner.part(), StalePart.Role.ACTIVE, null));
            }
            return state;
        } catch (Problem notHere) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> take(String store, String key, StateQueries.Owner owner, Peers.Reply reply) {
        Peers.Answer answer = reply.answer();
        try {
            if (answer != null && answer.status() == Peers.OK) {
                JsonNode state = json.readTree(answer.body());
                if (state.path("stale").asBoolean()) {
                    labels.stale(StalePart.of(state.path("servedBy")));
                }
                return Optional.of(state);
            }
            if (answer == null || answer.status() != Problem.NOT_FOUND) {
                miss(store, key, owner, reply.trouble() == null ? Trouble.MOVING : reply.trouble());
            }
        } catch (JsonProcessingException e) {
            miss(store, key, owner, Trouble.BAD_ANSWER);
        }
        return Optional.empty();
    }

    private void miss(String store, String key, StateQueries.Owner owner, Trouble why) {
        without.add(key);
        labels.miss(new Labels.Lack(store, Peers.name(owner.active()), why), owner.part());
    }

    /** A state that has been looked for; empty: there is none, or it could not be had. */
    Optional<JsonNode> state(String key) {
        return found.getOrDefault(key, Optional.empty());
    }

    /** Adds to an answer which of them it had to do without, and which may be old. */
    void addTo(ObjectNode body) {
        labels.addTo(body, api.queries()::parts, lack -> {
            Set<String> its = new TreeSet<>();
            for (String key : without) {
                if (lack.getValue()
                        .contains(
                                api.queries().owner(lack.getKey().store(), key).part())) {
                    its.add(key);
                }
            }
            return its;
        });
    }
}
