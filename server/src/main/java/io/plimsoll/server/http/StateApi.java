package io.plimsoll.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.PlainJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What the routes over state stores have in common: here or elsewhere, one or all, and how old it is. */
final class StateApi {

    private static final int NEIGHBOURS = 5;

    private final StateQueries queries;
    private final Peers peers;
    private final ObjectMapper json;
    private final Clock clock;

    StateApi(StateQueries queries, Peers peers, ObjectMapper json, Clock clock) {
        this.queries = queries;
        this.peers = peers;
        this.json = json;
        this.clock = clock;
    }

    StateQueries queries() {
        return queries;
    }

    /** A state as JSON, with its id and its age at this moment. */
    ObjectNode state(String id, SpecificRecord state) {
        ObjectNode object = json.createObjectNode().put("id", id);
        object.setAll(PlainJson.toJson(state));
        return withAge(object);
    }

    /** Adds ageMs, which is the clock's time less asOfMs. */
    ObjectNode withAge(ObjectNode object) {
        return object.put("ageMs", clock.millis() - object.path("asOfMs").asLong());
    }

    long nowMs() {
        return clock.millis();
    }

    void answer(Context context, JsonNode body) {
        Answers.send(context, ReadersView.of(context).of(body));
    }

    /** Answers from this instance's store, or passes the request on to the instance that holds the key. */
    void answerOne(
            Context context,
            String store,
            String key,
            Supplier<Optional<? extends JsonNode>> local,
            Supplier<Problem> unknown) {
        String query = context.queryString() == null ? "" : context.queryString();
        answerOne(context, query, Parameters.isLocalOnly(context), store, key, local, unknown);
    }

    /** The same, with the query as it is passed on. */
    void answerOne(
            Context context,
            String query,
            boolean localOnly,
            String store,
            String key,
            Supplier<Optional<? extends JsonNode>> local,
            Supplier<Problem> unknown) {
        Optional<? extends JsonNode> here = local.get();
        if (here.isPresent()) {
            answer(context, here.get());
            return;
        }
        Optional<HostInfo> owner = localOnly ? Optional.empty() : queries.otherOwner(store, key);
        if (owner.isEmpty()) {
            throw unknown.get();
        }
        Peers.Answer answer =
                peers.forward(owner.get(), context.path().replace(" ", "%20") + (query.isEmpty() ? "" : "?" + query));
        context.status(answer.status());
        if (answer.status() >= Problem.BAD_REQUEST) {
            context.contentType(answer.contentType()).result(answer.body());
            return;
        }
        try {
            answer(context, json.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            throw Problem.unreachable(String.valueOf(owner.get()));
        }
    }

    /**
     * A page of the entries of a store over all instances, by id, with the instances that did not answer.
     *
     * @param wanted ids that are asked for; empty: all
     */
    <V> ObjectNode all(
            Context context,
            String field,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            Set<String> wanted,
            BiFunction<String, V, JsonNode> item) {
        Page.Collected page =
                Page.of(context, Page.Order.BY_ID, Page.MOST, Page.MOST).collect();
        queries.forEach(store, type, (key, value) -> {
            if (wanted.isEmpty() || wanted.contains(key)) {
                page.add(item.apply(key, value));
            }
        });
        List<String> missing = new ArrayList<>();
        if (!Parameters.isLocalOnly(context)) {
            elsewhere(context, store, field, missing).forEach(part -> page.addPart(part, field));
        }
        ObjectNode body = json.createObjectNode().put("servedAtMs", clock.millis());
        page.putInto(body, field);
        missing.forEach(body.putArray("missing")::add);
        return body;
    }

    /**
     * What the other instances answer to the same question, each from its own stores.
     *
     * @param field name of the list in their answers
     * @param missing takes the names of instances that did not answer
     */
    List<JsonNode> elsewhere(Context context, String store, String field, List<String> missing) {
        String query = context.queryString() == null ? "" : "?" + context.queryString();
        return peers.answers(queries.others(store), context.path() + query, field, missing);
    }

    /** The same, of instances that hold part of one of several stores; each is asked once. */
    List<JsonNode> elsewhere(Context context, List<String> stores, String field, List<String> missing) {
        String query = context.queryString() == null ? "" : "?" + context.queryString();
        List<HostInfo> others = stores.stream()
                .flatMap(store -> queries.others(store).stream())
                .distinct()
                .toList();
        return peers.answers(others, context.path() + query, field, missing);
    }

    /** One state, wherever it is; empty when there is none or its instance does not answer. */
    <V extends SpecificRecord> Optional<JsonNode> find(
            Context context,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            String key,
            String path) {
        Optional<JsonNode> here = queries.get(store, type, key).map(value -> state(key, value));
        if (here.isPresent()) {
            return here;
        }
        try {
            Optional<HostInfo> owner = queries.otherOwner(store, key);
            if (owner.isEmpty()) {
                return Optional.empty();
            }
            Peers.Answer answer = peers.forward(owner.get(), path + URLEncoder.encode(key, StandardCharsets.UTF_8));
            return answer.status() == 200 ? Optional.of(json.readTree(answer.body())) : Optional.empty();
        } catch (Problem | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A problem that names ids of this instance near the unknown one. */
    <V> Problem unknown(
            String what, String id, String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type) {
        List<String> ids = new ArrayList<>();
        queries.forEach(store, type, (key, value) -> ids.add(key));
        return Problem.unknown(what, id, NearestName.neighbours(id, ids, NEIGHBOURS));
    }

    ObjectNode object() {
        return json.createObjectNode();
    }
}
