package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.HttpCall;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is said to the venue: requests, subscriptions, the ping. */
final class Wire {

    static final String PING = "ping";
    static final String PONG = "pong";

    static final String INSTRUMENTS = "instruments";
    static final String TIERS = "position-tiers";

    static final String MARK = "mark-price";
    static final String INDEX = "index-tickers";
    static final String FUNDING = "funding-rate";
    static final String OPEN_INTEREST = "open-interest";
    static final String TICKERS = "tickers";
    static final String BOOKS = "books";
    static final String LIQUIDATIONS = "liquidation-orders";

    private Wire() {}

    /** All markets of a type. */
    static HttpCall instruments(String type, long nowMs) {
        return call(INSTRUMENTS, type, "?instType=" + type, nowMs);
    }

    /** The margin tiers of a family of markets of one type, of cross positions. */
    static HttpCall tiers(String type, String family, long nowMs) {
        String query =
                "?instType=" + type + "&tdMode=cross&instFamily=" + URLEncoder.encode(family, StandardCharsets.UTF_8);
        return call(TIERS, type + " " + family, query, nowMs);
    }

    /** A channel of one market or index, as the venue names it. */
    static String channel(String channel, String instrument) {
        return argument(channel).put("instId", instrument).toString();
    }

    /** The channel of all liquidations of a type. */
    static String liquidations(String type) {
        return argument(LIQUIDATIONS).put("instType", type).toString();
    }

    /** A message that subscribes or unsubscribes. */
    static String operation(String operation, String id, List<String> channels) {
        return "{\"id\":\"" + id + "\",\"op\":\"" + operation + "\",\"args\":[" + String.join(",", channels) + "]}";
    }

    private static ObjectNode argument(String channel) {
        return JsonNodeFactory.instance.objectNode().put("channel", channel);
    }

    private static HttpCall call(String kind, String subject, String query, long nowMs) {
        return HttpCall.get(kind, subject, "/api/v5/public/" + kind + query, 1, nowMs);
    }
}
