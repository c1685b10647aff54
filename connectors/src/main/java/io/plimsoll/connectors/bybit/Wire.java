package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.HttpCall;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is said to the venue: requests, subscriptions, the ping. */
final class Wire {

    static final String PING = "{\"op\":\"ping\"}";

    static final String INSTRUMENTS = "instruments-info";
    static final String RISK_LIMIT = "risk-limit";
    static final String TICKERS = "tickers";

    private final String category;

    Wire(Category category) {
        this.category = category.word();
    }

    /** One page of the list of markets. */
    HttpCall instruments(String cursor, long nowMs) {
        return call(INSTRUMENTS, "", "&limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)), nowMs);
    }

    /** The margin tiers of one market. */
    HttpCall riskLimit(String symbol, long nowMs) {
        return call(RISK_LIMIT, symbol, "&symbol=" + encoded(symbol), nowMs);
    }

    /** The prices of all markets. */
    HttpCall tickers(long nowMs) {
        return call(TICKERS, "", "", nowMs);
    }

    static String ticker(String symbol) {
        return "tickers." + symbol;
    }

    static String book(int levels, String symbol) {
        return "orderbook." + levels + "." + symbol;
    }

    static String liquidations(String symbol) {
        return "allLiquidation." + symbol;
    }

    /** A message that subscribes or unsubscribes. */
    static String operation(String operation, String id, List<String> topics) {
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("op", operation).put("req_id", id);
        topics.forEach(message.putArray("args")::add);
        return message.toString();
    }

    private HttpCall call(String kind, String subject, String more, long nowMs) {
        return HttpCall.get(kind, subject, "/v5/market/" + kind + "?category=" + category + more, 1, nowMs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
