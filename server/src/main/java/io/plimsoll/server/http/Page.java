package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list: so many items, after the one at which the last part ended. That item's place in the order is what is
 * kept, so that items may come and go between two questions.
 *
 * @param limit most items
 * @param after the place of the last item of the part before; null: from the start
 */
record Page(int limit, Order order, @Nullable JsonNode after) {

    static final String LIMIT = "limit";
    static final String AFTER = "after";
    static final int MOST = 10_000;

    static final String NEXT = "next";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An order of items.
     *
     * @param fields which of their members make their place in it; no two items have the same
     */
    record Order(Comparator<JsonNode> comparator, List<String> fields) {

        /** By id. */
        static final Order BY_ID =
                new Order(Comparator.comparing(item -> item.path("id").asText()), List.of("id"));
    }

    /** The part that is asked for. */
    static Page of(Context context, Order order, int unlessTold, int most) {
        int limit = Parameters.limit(context, unlessTold, most);
        String text = context.queryParam(AFTER);
        return new Page(limit, order, text == null || text.isEmpty() ? null : place(text, order));
    }

    private static JsonNode place(String text, Order order) {
        try {
            JsonNode place = JSON.readTree(Base64.getUrlDecoder().decode(text));
            // Compared with itself, it is read in full.
            if (place != null
                    && place.isObject()
                    && order.fields().stream().allMatch(place::has)
                    && order.comparator().compare(place, place) == 0) {
                return place;
            }
        } catch (IllegalArgumentException | IOException e) {
            throw badPlace(text);
        }
        throw badPlace(text);
    }

    private static Problem badPlace(String text) {
        return Problem.badParameter(AFTER, text, "what another answer to the same question gave as next");
    }

    /** Whether an item lies in this part or behind it. */
    boolean takes(JsonNode item) {
        return after == null || order.comparator().compare(after, item) < 0;
    }

    /** Collects the first items of this part, and one more where there is one, whatever comes. */
    final class Collected {

        private final PriorityQueue<JsonNode> lastFirst =
                new PriorityQueue<>(order.comparator().reversed());
        private boolean more;

        void add(JsonNode item) {
            if (!takes(item)) {
                return;
            }
            lastFirst.add(item);
            if (lastFirst.size() > limit) {
                lastFirst.remove();
                more = true;
            }
        }

        /** The list of another instance's answer to the same question. */
        void addPart(JsonNode answer, String field) {
            answer.path(field).forEach(this::add);
            more |= answer.path(NEXT).isTextual();
        }

        boolean isEmpty() {
            return lastFirst.isEmpty();
        }

        /** Puts the items and what leads on into the answer. */
        void putInto(ObjectNode body, String field) {
            List<JsonNode> items = new ArrayList<>(lastFirst);
            items.sort(order.comparator());
            ArrayNode list = body.putArray(field);
            items.forEach(list::add);
            putNext(body, more ? items.get(items.size() - 1) : null);
        }
    }

    Collected collect() {
        return new Collected();
    }

    /**
     * Says what leads on.
     *
     * @param last after which item; null: there is no more
     */
    void putNext(ObjectNode body, @Nullable JsonNode last) {
        if (last == null) {
            body.putNull(NEXT);
            return;
        }
        ObjectNode place = JsonNodeFactory.instance.objectNode();
        order.fields().forEach(field -> place.set(field, last.path(field)));
        String next = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place.toString().getBytes(StandardCharsets.UTF_8));
        body.put(NEXT, next);
    }
}
