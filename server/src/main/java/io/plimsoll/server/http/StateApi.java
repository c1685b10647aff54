package io.plimsoll.server.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.PlainJson;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** What the routes over state stores have in common: here or elsewhere, one or all, and how old it is. */
final class StateApi {

    private static final int NEIGHBOURS = 5;

    private final StateQueries queries;
    private final Peers peers;
    private final KeyQuery keys;
    private final WrittenStates written = new WrittenStates();
    private final KnownIds known;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration answerWithin;

    StateApi(StateQueries queries, Peers peers, ObjectMapper json, Clock clock, Duration answerWithin) {
        this.queries = queries;
        this.peers = peers;
        this.keys = new KeyQuery(queries, peers);
        this.known = new KnownIds(queries);
        this.json = json;
        this.clock = clock;
        this.answerWithin = answerWithin;
    }

    StateQueries queries() {
        return queries;
    }

    /** A state as JSON, with its id and its age at this moment. */
    ObjectNode state(String id, SpecificRecord state) {
        return withAge(ageless(id, state));
    }

    private ObjectNode ageless(String id, SpecificRecord state) {
        ObjectNode object = json.createObjectNode().put("id", id);
        object.setAll(PlainJson.toJson(state));
        return object;
    }

    /** Adds ageMs, which is the clock's time less asOfMs. */
    ObjectNode withAge(ObjectNode object) {
        return object.put(WrittenState.AGE, clock.millis() - WrittenState.asOfMs(object));
    }

    long nowMs() {
        return clock.millis();
    }

    void answer(Context context, JsonNode body) {
        Answers.give(context, ReadersView.of(context).of(body));
    }

    /**
     * Answers with all states of a store, by id.
     *
     * @param field name of the list
     * @param wanted ids that are asked for; empty: all
     */
    <V extends SpecificRecord> void answerAll(
            Context context,
            String field,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            Set<String> wanted) {
        answer(context, all(context, field, store, type, wanted, this::state));
    }

    /**
     * Answers with the state of a store that has this id.
     *
     * @param what it is called where it is unknown
     */
    <V extends SpecificRecord> void answerState(
            Context context,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            String what,
            String id) {
        answerOne(
                context,
                store,
                id,
                from -> from.get(store, type, id).map(value -> state(id, value)),
                from -> unknown(from, what, id, store, type));
    }

    /**
     * The same of a store with long states, each of which is written once however often it is asked for.
     *
     * @param record what a value of the store is written as, the same for the same value
     */
    <V> void answerLongState(
            Context context,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            String what,
            String id,
            Function<V, ? extends SpecificRecord> record) {
        KeyQuery.Asked<V> asked = new KeyQuery.Asked<>(
                store,
                id,
                pathAndQuery(context, query(context)),
                Scope.of(context),
                from -> from.get(store, type, id),
                from -> unknown(from, what, id, store, type));
        KeyQuery.Found<V> found = keys.answer(asked, deadline(context));
        if (found.other() != null) {
            passOn(context, found.other());
            return;
        }
        V value = requireNonNull(found.read(), "neither read here nor elsewhere");
        if (found.stale() == null && !Answers.isTable(context)) {
            ReadersView view = ReadersView.of(context);
            WrittenState state = written.of(
                    store, id, view.whose(), value, () -> WrittenState.of(view.of(ageless(id, record.apply(value)))));
            Answers.give(context, state, clock.millis());
        } else {
            answer(context, labelled(state(id, record.apply(value)), found.stale()));
        }
    }

    /** Answers from this instance's store, or passes the request on to the instance that holds the key. */
    void answerOne(
            Context context,
            String store,
            String key,
            Function<StateReader, Optional<? extends JsonNode>> local,
            Function<StateReader, Problem> unknown) {
        answerOne(context, query(context), Scope.of(context), store, key, local, unknown);
    }

    /** The same, with the query as it is passed on. */
    void answerOne(
            Context context,
            String query,
            Scope scope,
            String store,
            String key,
            Function<StateReader, Optional<? extends JsonNode>> local,
            Function<StateReader, Problem> unknown) {
        KeyQuery.Asked<JsonNode> asked = new KeyQuery.Asked<>(
                store,
                key,
                pathAndQuery(context, query),
                scope,
                from -> local.apply(from).map(body -> body),
                unknown);
        KeyQuery.Found<JsonNode> found = keys.answer(asked, deadline(context));
        if (found.other() != null) {
            passOn(context, found.other());
        } else {
            answer(context, labelled(requireNonNull(found.read(), "neither read here nor elsewhere"), found.stale()));
        }
    }

    private static JsonNode labelled(JsonNode body, @Nullable StalePart stale) {
        if (stale != null && body instanceof ObjectNode object) {
            stale.addTo(object);
        }
        return body;
    }

    private void passOn(Context context, Peers.Answer answer) {
        if (answer.status() != Peers.OK) {
            context.status(answer.status());
        }
        if (answer.status() >= Problem.BAD_REQUEST) {
            context.contentType(answer.contentType()).result(answer.body());
            return;
        }
        try {
            answer(context, json.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            throw Problem.ofInstance("asked", Trouble.BAD_ANSWER);
        }
    }

    /** Whether another instance answers the same request with that status, each by itself. */
    boolean anyOtherAnswers(Context context, int status) {
        Deadline deadline = deadline(context);
        return queries.others().stream()
                .map(host -> peers.ask(host, pathAndQuery(context, query(context)), Scope.LOCAL, deadline, null))
                .toList()
                .stream()
                .map(reply -> reply.join().answer())
                .anyMatch(answer -> answer != null && answer.status() == status);
    }

    /** By when the request is to be answered. */
    Deadline deadline(Context context) {
        return Deadline.of(context, answerWithin);
    }

    private static String query(Context context) {
        return context.queryString() == null ? "" : context.queryString();
    }

    private static String pathAndQuery(Context context, String query) {
        return context.path() + (query.isEmpty() ? "" : "?" + query);
    }

    /** All entries of a store over all instances, by id, with what is missing. */
    <V> ObjectNode all(
            Context context,
            String field,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            Set<String> wanted,
            BiFunction<String, V, JsonNode> item) {
        Page page = Page.of(context, Page.Order.BY_ID, Page.MOST, Page.MOST);
        return all(gatherStates(context, field, store), page, field, store, type, wanted, item);
    }

    /** The same as the first page of what another instance would be asked for, without a request. */
    <V extends SpecificRecord> ObjectNode all(
            String path, String field, String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type) {
        Gathering.Question question = new Gathering.Question(path, Scope.ALL, field, List.of(store), true, null);
        Gathering gathering = new Gathering(queries, peers, known, json, question, Deadline.in(answerWithin));
        Page page = new Page(Page.MOST, Page.Order.BY_ID, null);
        return all(gathering, page, field, store, type, Set.of(), this::state);
    }

    private <V> ObjectNode all(
            Gathering gathering,
            Page whole,
            String field,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type,
            Set<String> wanted,
            BiFunction<String, V, JsonNode> item) {
        Page.Collected page = whole.collect();
        gathering.read(store, type, (key, value) -> {
            if (wanted.isEmpty() || wanted.contains(key)) {
                page.add(item.apply(key, value));
            }
        });
        gathering.finish(part -> page.addPart(part, field));
        ObjectNode body = json.createObjectNode().put("servedAtMs", clock.millis());
        page.putInto(body, field);
        gathering.addTo(body);
        return body;
    }

    /**
     * Asks the other instances the same question, each for what it holds.
     *
     * @param field name of the list in their answers
     * @param stores that the list is read from
     */
    Gathering gather(Context context, String field, List<String> stores) {
        return gather(context, field, stores, false);
    }

    /** The same for a list whose ids are the store's keys: what is missing is named by its ids as well. */
    Gathering gatherStates(Context context, String field, String store) {
        return gather(context, field, List.of(store), true);
    }

    private Gathering gather(Context context, String field, List<String> stores, boolean areIds) {
        Gathering.Question question = new Gathering.Question(
                pathAndQuery(context, query(context)),
                Scope.of(context),
                field,
                stores,
                areIds,
                context.header(Gathering.PARTS_HEADER));
        return new Gathering(queries, peers, known, json, question, deadline(context));
    }

    /** States of several keys, wherever they are. */
    FoundStates states(Context context, String path) {
        return new FoundStates(this, peers, json, path, deadline(context));
    }

    /** A problem that names ids of this instance near the unknown one. */
    <V> Problem unknown(
            StateReader from,
            String what,
            String id,
            String store,
            QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type) {
        List<String> ids = new ArrayList<>();
        try {
            // Its own part may be empty.
            queries.all().forEach(store, type, (key, value) -> ids.add(key));
        } catch (Problem moving) {
            from.forEach(store, type, (key, value) -> ids.add(key));
        }
        return Problem.unknown(what, id, NearestName.neighbours(id, ids, NEIGHBOURS));
    }

    ObjectNode object() {
        return json.createObjectNode();
    }
}
