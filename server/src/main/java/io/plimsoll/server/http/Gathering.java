package io.plimsoll.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One list over all instances. Each says which parts of the stores its answer covers; what nobody covers is read from copies,
 * and where there is none, named as missing. So an answer is known to be whole by what was read, not by what was thought to
 * be where.
 */
final class Gathering {

    /** Which parts are asked for, of an instance that has copies of them: store:part,store:part. */
    static final String PARTS_HEADER = "Plimsoll-Parts";

    private static final double SHARE_BEFORE_COPIES = 0.7;

    private final StateQueries queries;
    private final Peers peers;
    private final KnownIds known;
    private final ObjectMapper json;
    private final Question question;
    private final Deadline deadline;
    private final Labels labels = new Labels();
    private final Map<String, Consumer<StateReader>> readings = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> covered = new LinkedHashMap<>();
    /** Of parts of a store, why they are missing, where that is known. */
    private final Map<String, Map<Integer, Labels.Lack>> excuses = new HashMap<>();

    private final Set<String> ids = new TreeSet<>();
    private final Map<String, Map<HostInfo, Set<Integer>>> holders = new HashMap<>();
    private final Map<HostInfo, CompletableFuture<Peers.Reply>> asked = new LinkedHashMap<>();
    private long read;

    /**
     * What is asked.
     *
     * @param pathAndQuery as others are asked
     * @param field of the list in their answers
     * @param stores that it is read from
     * @param areIds whether the list's ids are the store's keys
     * @param copies with scope COPY: store:part,store:part
     */
    record Question(
            String pathAndQuery,
            Scope scope,
            String field,
            List<String> stores,
            boolean areIds,
            @Nullable String copies) {

        /** Whether the ids of a whole answer are all that there are. */
        boolean isOfAll() {
            return areIds && !pathAndQuery.contains("?");
        }
    }

    /** Asks the others; they answer while this instance's own part is read. */
    Gathering(
            StateQueries queries,
            Peers peers,
            KnownIds known,
            ObjectMapper json,
            Question question,
            Deadline deadline) {
        this.queries = queries;
        this.peers = peers;
        this.known = known;
        this.json = json;
        this.question = question;
        this.deadline = deadline;
        boolean copiesElsewhere = false;
        for (String store : question.stores()) {
            holders.put(store, queries.holders(store));
            covered.put(store, new TreeSet<>());
            excuses.put(store, new HashMap<>());
            copiesElsewhere |= queries.copies(store).keySet().stream().anyMatch(host -> !host.equals(queries.here()));
        }
        if (question.scope() == Scope.ALL) {
            Deadline first = copiesElsewhere ? deadline.part(SHARE_BEFORE_COPIES) : deadline;
            holders.values().stream()
                    .flatMap(each -> each.keySet().stream())
                    .filter(host -> !host.equals(queries.here()))
                    .distinct()
                    .forEach(host ->
                            asked.put(host, peers.ask(host, question.pathAndQuery(), Scope.LOCAL, first, null)));
        }
    }

    /** Reads what this instance holds of a store; once for each store, before {@link #finish}. */
    <V> void read(
            String store, QueryableStoreType<ReadOnlyKeyValueStore<String, V>> type, BiConsumer<String, V> reader) {
        read(
                store,
                from -> from.forEach(store, type, (key, value) -> {
                    read++;
                    if (question.areIds()) {
                        ids.add(key);
                    }
                    reader.accept(key, value);
                }));
    }

    /** The same by a reading of its own of each part: it is a problem as a whole, or has read the part. */
    void read(String store, Consumer<StateReader> reading) {
        readings.put(store, reading);
        if (question.scope() == Scope.COPY) {
            copiesAskedFor(store).forEach(part -> readStale(store, part, false));
            return;
        }
        for (int part : holders(store).getOrDefault(queries.here(), Set.of())) {
            long before = read;
            try {
                reading.accept(queries.part(part));
                covered(store).add(part);
            } catch (Problem notUpToDate) {
                if (read > before || !readStale(store, part, true)) {
                    excuse(store, part, Peers.name(queries.here()), Trouble.MOVING);
                }
            }
        }
    }

    private Set<Integer> copiesAskedFor(String store) {
        Set<Integer> parts = new TreeSet<>();
        for (String each :
                question.copies() == null ? new String[0] : question.copies().split(",")) {
            if (each.matches("[a-z-]+:\\d{1,5}") && each.startsWith(store + ":")) {
                parts.add(Integer.parseInt(each.substring(store.length() + 1)));
            }
        }
        return parts;
    }

    /** Reads a copy, or an own part that is on the move; false: there is nothing to be read. */
    private boolean readStale(String store, int part, boolean own) {
        Consumer<StateReader> reading = readings.get(store);
        StateQueries.Copy copy = own ? queries.own(store, part) : queries.copy(store, part);
        if (reading == null || copy == null) {
            return false;
        }
        Long lag = copy.lag();
        try {
            reading.accept(copy.reader());
        } catch (Problem notHere) {
            return false;
        }
        StalePart.Role role = StalePart.Role.STANDBY;
        if (own) {
            // Without a changelog there is no lag; what was known before tells.
            Set<String> before = known.of(store, Set.of(part));
            boolean whole = lag == null ? !before.isEmpty() && ids.containsAll(before) : lag == 0;
            role = whole ? StalePart.Role.ACTIVE : StalePart.Role.RESTORING;
        }
        StalePart found = new StalePart(Peers.name(queries.here()), store, part, role, lag);
        labels.stale(found);
        if (found.isWhole()) {
            covered(store).add(part);
        } else {
            excuse(store, part, found.instance(), Trouble.RESTORING);
        }
        return true;
    }

    /**
     * Takes the answers of the others, then copies of what nobody has answered.
     *
     * @param taker takes each answer
     */
    void finish(Consumer<JsonNode> taker) {
        Map<HostInfo, Trouble> troubles = new HashMap<>();
        asked.forEach((host, reply) -> take(reply.join(), taker, troubles));
        if (question.scope() == Scope.ALL) {
            question.stores()
                    .forEach(store -> uncovered(store).stream()
                            .filter(part -> !holders(store)
                                    .getOrDefault(queries.here(), Set.of())
                                    .contains(part))
                            .toList()
                            .forEach(part -> readStale(store, part, false)));
            takeCopies(taker, troubles);
        }
        for (String store : question.stores()) {
            for (int part : uncovered(store)) {
                HostInfo holder = holder(store, part);
                Labels.Lack unexplained =
                        new Labels.Lack(store, Peers.name(holder), troubles.getOrDefault(holder, Trouble.MOVING));
                labels.miss(excuses(store).getOrDefault(part, unexplained), part);
            }
        }
        if (question.scope() == Scope.ALL && question.isOfAll() && labels.isComplete() && labels.isUpToDate()) {
            question.stores().forEach(store -> known.remember(store, ids));
        }
    }

    private void take(Peers.Reply reply, Consumer<JsonNode> taker, Map<HostInfo, Trouble> troubles) {
        Peers.Answer answer = reply.answer();
        if (answer == null) {
            troubles.put(reply.instance(), reply.trouble() == null ? Trouble.BAD_ANSWER : reply.trouble());
            return;
        }
        JsonNode body = answer.status() == Peers.OK ? parsed(answer.body()) : null;
        if (body == null) {
            troubles.put(
                    reply.instance(), answer.status() == Problem.UNAVAILABLE ? Trouble.MOVING : Trouble.BAD_ANSWER);
            return;
        }
        Map<String, Set<Integer>> its = covers(body);
        if (its.entrySet().stream()
                .anyMatch(entry -> entry.getValue().stream().anyMatch(covered(entry.getKey())::contains))) {
            // A part has come to the other since this one was read: rather one of the two left out than one twice.
            troubles.put(reply.instance(), Trouble.MOVING);
            return;
        }
        its.forEach((store, parts) -> covered(store).addAll(parts));
        body.path("staleParts").forEach(part -> labels.stale(StalePart.of(part)));
        body.path("missing")
                .forEach(each -> each.path("partitions")
                        .forEach(part -> excuse(
                                each.path("store").asText(),
                                part.asInt(),
                                each.path("instance").asText(),
                                Trouble.valueOf(each.path("reason").asText()))));
        if (question.areIds()) {
            body.path(question.field()).forEach(item -> ids.add(item.path("id").asText()));
        }
        taker.accept(body);
    }

    private @Nullable JsonNode parsed(String text) {
        try {
            JsonNode body = json.readTree(text);
            return body.get(question.field()) instanceof ArrayNode && body.has("parts") ? body : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private Map<String, Set<Integer>> covers(JsonNode body) {
        Map<String, Set<Integer>> its = new LinkedHashMap<>();
        for (String store : question.stores()) {
            Set<Integer> parts = new TreeSet<>();
            body.path("parts").path(store).forEach(part -> parts.add(part.asInt()));
            its.put(store, parts);
        }
        return its;
    }

    /** Asks those that have copies of what is missing, unless they have not answered before. */
    private void takeCopies(Consumer<JsonNode> taker, Map<HostInfo, Trouble> troubles) {
        Map<HostInfo, List<String>> wanted = new LinkedHashMap<>();
        for (String store : question.stores()) {
            Set<Integer> left = new HashSet<>(uncovered(store));
            queries.copies(store).forEach((host, parts) -> {
                if (!host.equals(queries.here()) && !troubles.containsKey(host)) {
                    parts.stream()
                            .filter(left::remove)
                            .forEach(part -> wanted.computeIfAbsent(host, any -> new ArrayList<>())
                                    .add(store + ":" + part));
                }
            });
        }
        Map<HostInfo, Trouble> ofCopies = new HashMap<>();
        wanted.entrySet().stream()
                .map(entry -> peers.ask(
                        entry.getKey(),
                        question.pathAndQuery(),
                        Scope.COPY,
                        deadline,
                        String.join(",", entry.getValue())))
                .toList()
                .forEach(reply -> take(reply.join(), taker, ofCopies));
    }

    /** Whether nothing is missing, once it is finished. */
    boolean isComplete() {
        return labels.isComplete();
    }

    /** Adds to the answer what it lacks, what of it is stale, and for other instances what it covers. */
    void addTo(ObjectNode body) {
        labels.addTo(
                body,
                queries::parts,
                lack -> question.areIds() ? known.of(lack.getKey().store(), lack.getValue()) : Set.of());
        if (question.scope() != Scope.ALL) {
            ObjectNode parts = body.putObject("parts");
            covered.forEach((store, its) -> its.forEach(parts.withArray(store)::add));
        }
    }

    private List<Integer> uncovered(String store) {
        List<Integer> left = new ArrayList<>();
        if (question.scope() == Scope.ALL) {
            for (int part = 0; part < queries.parts(store); part++) {
                if (!covered(store).contains(part)) {
                    left.add(part);
                }
            }
        } else {
            left.addAll(excuses(store).keySet());
        }
        return left;
    }

    private HostInfo holder(String store, int part) {
        for (Map.Entry<HostInfo, Set<Integer>> entry : holders(store).entrySet()) {
            if (entry.getValue().contains(part)) {
                return entry.getKey();
            }
        }
        return queries.here();
    }

    private void excuse(String store, int part, String instance, Trouble why) {
        excuses(store).put(part, new Labels.Lack(store, instance, why));
    }

    private Map<HostInfo, Set<Integer>> holders(String store) {
        return holders.getOrDefault(store, Map.of());
    }

    private Set<Integer> covered(String store) {
        return covered.computeIfAbsent(store, any -> new TreeSet<>());
    }

    private Map<Integer, Labels.Lack> excuses(String store) {
        return excuses.computeIfAbsent(store, any -> new HashMap<>());
    }
}
