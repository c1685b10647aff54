package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.WeightBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests over the connection: within the credits, each with a number that its answer carries, asked again if none comes. */
final class Rpc {

    static final String INSTRUMENTS = "public/get_instruments";
    static final String TRADES = "public/get_last_trades_by_currency_and_time";
    static final String SUBSCRIBE = "public/subscribe";
    static final String UNSUBSCRIBE = "public/unsubscribe";
    static final String HEARTBEAT = "public/set_heartbeat";
    static final String TEST = "public/test";

    private static final double COSTS = 500;
    private static final double INSTRUMENTS_COST = 10_000;

    /** A question; {@code subject} is the currency it is about, or empty. */
    record Request(String method, String subject, ObjectNode params, long askedMs) {

        double costs() {
            return method.equals(INSTRUMENTS) ? INSTRUMENTS_COST : COSTS;
        }
    }

    private final WeightBudget budget;
    private final long timeoutMs;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Map<Long, Request> asked = new HashMap<>();
    private long nextId;

    Rpc(WeightBudget budget, long timeoutMs) {
        this.budget = budget;
        this.timeoutMs = timeoutMs;
    }

    /** The connection is a new one: what was asked on the one before is forgotten. */
    void clear() {
        waiting.clear();
        asked.clear();
    }

    void ask(String method, String subject, Consumer<ObjectNode> params) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        params.accept(object);
        waiting.addLast(new Request(method, subject, object, 0));
    }

    void channels(String method, Collection<String> channels) {
        ask(method, "", params -> channels.forEach(params.withArray("channels")::add));
    }

    /** Asks the same once more: the answer could not be used. */
    void again(Request request) {
        waiting.addLast(request);
    }

    /** Whether such a question waits, or is not answered yet. */
    boolean isUnderWay(String method, String subject) {
        return waiting.stream().anyMatch(request -> is(request, method, subject))
                || asked.values().stream().anyMatch(request -> is(request, method, subject));
    }

    private static boolean is(Request request, String method, String subject) {
        return request.method().equals(method) && request.subject().equals(subject);
    }

    /** Sends what the credits allow. */
    void step(long nowMs, Consumer<String> send) {
        List<Long> late = new ArrayList<>();
        asked.forEach((id, request) -> {
            if (nowMs - request.askedMs() > timeoutMs) {
                late.add(id);
            }
        });
        late.forEach(id -> {
            Request request = asked.remove(id);
            if (request != null) {
                waiting.addFirst(request);
            }
        });
        while (!waiting.isEmpty() && budget.take(waiting.getFirst().costs(), nowMs)) {
            Request request = waiting.removeFirst();
            long id = ++nextId;
            asked.put(id, new Request(request.method(), request.subject(), request.params(), nowMs));
            ObjectNode message = JsonNodeFactory.instance
                    .objectNode()
                    .put("jsonrpc", "2.0")
                    .put("id", id)
                    .put("method", request.method());
            message.set("params", request.params());
            send.accept(message.toString());
        }
    }

    /** The question that an answer is to; null: nobody asked, or it was asked again meanwhile. */
    @Nullable
    Request answered(long id) {
        return asked.remove(id);
    }

    /** The venue has refused a request for being one too many. */
    void refused(long untilMs, long nowMs) {
        budget.refused(untilMs, nowMs);
    }
}
