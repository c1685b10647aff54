package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.VenueJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the messages of the venue's WebSockets, each to where it belongs. */
final class Channels {

    private final Markets markets;
    private final Books books;
    private final ForcedOrders forced;
    private final FeedHealth health;

    private @Nullable String lastError;

    Channels(Markets markets, Books books, ForcedOrders forced, FeedHealth health) {
        this.markets = markets;
        this.books = books;
        this.forced = forced;
        this.health = health;
    }

    /** Takes a message; what cannot be read of it is counted and passed over. */
    void take(String text, Subscriptions from, long nowMs, FeedOutput output) {
        health.message(nowMs);
        try {
            JsonNode message = VenueJson.parse(text);
            JsonNode data = message.has("stream") ? message.get("data") : message;
            if (data == null || !data.isContainerNode()) {
                throw VenueJson.wrong("data", data, "an object or a list");
            }
            if (data.isObject() && !data.has("e")) {
                replied(data, from);
                return;
            }
            for (JsonNode event : data.isArray() ? data : List.of(data)) {
                event(event, nowMs, output);
            }
        } catch (FeedFormatException e) {
            health.malformed("a message", e, text, nowMs);
        }
    }

    /** One event in a list that cannot be read does not take the others with it. */
    private void event(JsonNode event, long nowMs, FeedOutput output) {
        String kind = event.path("e").asText();
        try {
            switch (kind) {
                case "markPriceUpdate" -> markets.mark(event, nowMs, output);
                case "indexPriceUpdate" -> markets.index(event);
                case "assetIndexUpdate" -> markets.asset(event);
                case "24hrMiniTicker" -> markets.volume(event);
                case "depthUpdate" -> books.change(event, nowMs);
                case "forceOrder" -> forced.take(event, nowMs, output);
                case "" -> throw VenueJson.wrong("e", event.get("e"), "the name of an event");
                default -> {
                    // What the venue may come to say in future.
                }
            }
        } catch (FeedFormatException e) {
            health.malformed(kind.isEmpty() ? "an event" : kind, e, event.toString(), nowMs);
        }
    }

    private void replied(JsonNode reply, Subscriptions from) {
        JsonNode result = reply.get("result");
        if (result != null && result.isArray()) {
            from.listed(result);
        } else if (reply.has("error") || reply.has("code")) {
            lastError = VenueJson.shown(reply.toString());
        } else if (!reply.has("result")) {
            throw VenueJson.wrong("e", reply.get("e"), "the name of an event");
        }
    }

    /** A connection is new: what was complained of on the last one is over. */
    void opened() {
        lastError = null;
    }

    /** What the venue has last complained of, if it has. */
    @Nullable
    String lastError() {
        return lastError;
    }
}
