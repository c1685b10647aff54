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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests over the connection: within the credits, each with a number that its answer carries, asked again if none comes. */
final class Rpc {

    static final String INSTRUMENTS = "public/get_instruments";
    static final String TRADES = "public/get_last_trades_by_currency_and_time";
    static final String SUBSCRIBE = "public/subscribe";
    static final String UNSUBSCRIBE = "public/unsubscribe";
    static final String HEARTBEAT = "public/set_heartbeat";
    static final String TEST = "public/test";

    static final String FUTURE = "future";
    static final String OPTION = "option";

    private static final double COSTS = 500;
    private static final double INSTRUMENTS_COST = 10_000;

    /** A question; {@code subject} is the currency it is about, or empty. */
    record Request(String method, String subject, ObjectNode params, long askedMs) {

        /** Of which kind of instruments it is; empty: of none. */
        String kind() {
            return params.path("kind").asText();
        }

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
        Request request = new Request(method, subject, object, 0);
        if (method.equals(TEST)) {
            // A venue that waits for a sign of life cuts the connection before all lists have come.
            waiting.addFirst(request);
        } else {
            waiting.addLast(request);
        }
    }

    void channels(String method, Collection<String> channels) {
        ask(method, "", params -> channels.forEach(params.withArray("channels")::add));
    }

    /** Asks the same once more: the answer could not be used. */
    void again(Request request) {
        waiting.addLast(request);
    }

    /** Asks about a currency's instruments of a kind, unless that question waits or is not answered yet. */
    void askOnce(String method, String currency, String kind, Consumer<ObjectNode> more) {
        boolean isUnderWay = Stream.concat(waiting.stream(), asked.values().stream())
                .anyMatch(request -> request.method().equals(method)
                        && request.subject().equals(currency)
                        && request.kind().equals(kind));
        if (!isUnderWay) {
            ask(method, currency, params -> {
                params.put("currency", currency).put("kind", kind);
                more.accept(params);
            });
        }
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
