package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.HttpCall;
import java.util.function.Consumer;

/** What is said to the venue: requests with their weights, subscriptions, the ping. */
final class Wire {

    static final String PING = "{\"method\":\"ping\"}";

    static final String REFERENCE = "metaAndAssetCtxs";
    static final String TOKENS = "spotMeta";
    static final String ACCOUNT = "clearinghouseState";
    static final String FILLS = "userFillsByTime";

    /** The venue counts one more for each so many fills that it answers with. */
    static final int FILLS_PER_WEIGHT = 20;

    /** An answer has at most this many fills. */
    static final int MOST_FILLS = 2_000;

    private static final double HEAVY = 20;
    private static final double LIGHT = 2;

    private final String dex;

    Wire(String dex) {
        this.dex = dex;
    }

    HttpCall reference(long nowMs) {
        return call(REFERENCE, "", HEAVY, nowMs, this::addDex);
    }

    HttpCall tokens(long nowMs) {
        return call(TOKENS, "", HEAVY, nowMs, body -> {});
    }

    HttpCall account(String address, long nowMs) {
        return call(ACCOUNT, address, LIGHT, nowMs, body -> addDex(body.put("user", address)));
    }

    HttpCall fills(String address, long sinceMs, long nowMs) {
        return call(
                FILLS,
                address,
                HEAVY,
                nowMs,
                body -> body.put("user", address).put("startTime", sinceMs).put("aggregateByTime", false));
    }

    /** A subscription to what a market says. */
    static String market(String type, String coin) {
        return subscribe(type, subscription -> subscription.put("coin", coin));
    }

    /** A subscription to a market's book, its prices rounded to some figures; 0: not rounded. */
    static String book(String coin, int figures) {
        return subscribe("l2Book", subscription -> {
            subscription.put("coin", coin);
            if (figures > 0) {
                subscription.put("nSigFigs", figures);
            }
        });
    }

    /** A subscription to an account's fills, each by itself. */
    static String fills(String address) {
        return subscribe("userFills", subscription -> subscription.put("user", address));
    }

    private static HttpCall call(
            String type, String subject, double weight, long nowMs, Consumer<ObjectNode> arguments) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", type);
        arguments.accept(body);
        return HttpCall.post(type, subject, body.toString(), weight, nowMs);
    }

    private static String subscribe(String type, Consumer<ObjectNode> arguments) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("method", "subscribe");
        arguments.accept(message.putObject("subscription").put("type", type));
        return message.toString();
    }

    private void addDex(ObjectNode body) {
        if (!dex.isEmpty()) {
            body.put("dex", dex);
        }
    }
}
