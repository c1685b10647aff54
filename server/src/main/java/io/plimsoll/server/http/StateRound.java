package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest states, as a stream gives them: each written once, with the round in which it last changed. Does not change any
 * more, so that any number of readers may take from it what they do not have.
 *
 * @param number of the last round in which anything changed; 0: none yet
 * @param markets by id
 * @param subjects of the system, by id
 * @param labels what is missing and what may be old
 * @param tick the event that ends the round
 */
record StateRound(long number, Map<String, Event> markets, Map<String, Event> subjects, JsonNode labels, byte[] tick) {

    /** Nothing is known. */
    static final StateRound NONE =
            new StateRound(0, Map.of(), Map.of(), JsonNodeFactory.instance.objectNode(), new byte[0]);

    static final String MARKETS = "markets";
    static final String SUBJECTS = "subjects";

    private static final String AGE = "ageMs";
    private static final String STALE_PARTS = "staleParts";

    /**
     * A state.
     *
     * @param state without its age
     * @param text as it is written, with its age when it changed
     * @param round in which it last changed
     */
    record Event(JsonNode state, byte[] text, long round) {}

    /**
     * The next round; this one where nothing has changed. What is missing stays as it was.
     *
     * @param marketsNow a list of markets that nobody else uses, see {@link StateApi}
     * @param subjectsNow the same of subjects
     */
    StateRound next(ObjectNode marketsNow, ObjectNode subjectsNow) {
        Map<String, Event> nextMarkets = newest(markets, marketsNow.path(MARKETS), "market");
        Map<String, Event> nextSubjects = newest(subjects, subjectsNow.path(SUBJECTS), "subject");
        ObjectNode nextLabels = labels(marketsNow, subjectsNow);
        if (nextMarkets == markets && nextSubjects == subjects && nextLabels.equals(labels)) {
            return this;
        }
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        end.set("servedAtMs", marketsNow.path("servedAtMs"));
        end.setAll(nextLabels);
        return new StateRound(number + 1, nextMarkets, nextSubjects, nextLabels, EventText.event("tick", null, end));
    }

    /** The same map where nothing has changed. */
    private Map<String, Event> newest(Map<String, Event> before, JsonNode list, String name) {
        Map<String, Event> after = before;
        for (JsonNode item : list) {
            ObjectNode state = (ObjectNode) item;
            String id = state.path("id").asText();
            JsonNode age = state.remove(AGE);
            Event known = before.get(id);
            if (known == null || !known.state().equals(state)) {
                ObjectNode aged = JsonNodeFactory.instance.objectNode();
                aged.setAll(state);
                aged.set(AGE, age);
                if (after == before) {
                    after = new TreeMap<>(before);
                }
                after.put(id, new Event(state, EventText.event(name, null, aged), number + 1));
            }
        }
        return after;
    }

    private static ObjectNode labels(ObjectNode one, ObjectNode other) {
        ObjectNode labels = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "complete",
                        one.path("complete").asBoolean()
                                && other.path("complete").asBoolean());
        ArrayNode missing = labels.putArray("missing");
        one.path("missing").forEach(missing::add);
        other.path("missing").forEach(missing::add);
        labels.put("stale", one.path("stale").asBoolean() || other.path("stale").asBoolean());
        if (one.has(STALE_PARTS) || other.has(STALE_PARTS)) {
            ArrayNode parts = labels.putArray(STALE_PARTS);
            one.path(STALE_PARTS).forEach(parts::add);
            other.path(STALE_PARTS).forEach(parts::add);
        }
        return labels;
    }
}
