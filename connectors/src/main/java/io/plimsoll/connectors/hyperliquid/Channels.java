package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.VenueJson;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes the messages of the venue's WebSocket, each to where it belongs. */
final class Channels {

    private final Markets markets;
    private final Accounts accounts;
    private final Liquidations liquidations;
    private final FeedHealth health;

    private @Nullable String lastError;

    Channels(Markets markets, Accounts accounts, Liquidations liquidations, FeedHealth health) {
        this.markets = markets;
        this.accounts = accounts;
        this.liquidations = liquidations;
        this.health = health;
    }

    /** Takes a message; one that cannot be read is counted and passed over. */
    void take(String text, long nowMs, FeedOutput output) {
        health.message(nowMs);
        String channel = "a message";
        try {
            JsonNode message = VenueJson.parse(text);
            channel = VenueJson.text(message, "channel");
            take(channel, message, nowMs, output);
        } catch (FeedFormatException e) {
            health.malformed(channel, e, text, nowMs);
        }
    }

    /** What the venue has last complained of, if it has. */
    @Nullable
    String lastError() {
        return lastError;
    }

    private void take(String channel, JsonNode message, long nowMs, FeedOutput output) {
        switch (channel) {
            case "activeAssetCtx" -> markets.context(VenueJson.object(message, "data"), nowMs, output);
            case "l2Book" -> markets.book(VenueJson.object(message, "data"), nowMs, output);
            case "bbo" -> markets.quote(VenueJson.object(message, "data"), nowMs);
            case "trades" -> trades(VenueJson.list(message, "data"), nowMs, output);
            case "userFills" -> fills(VenueJson.object(message, "data"), output);
            case "error" -> lastError = VenueJson.shown(message.path("data").toString());
            default -> {
                // Answers to pings and subscriptions, and what the venue may come to say in future.
            }
        }
    }

    private void trades(JsonNode trades, long nowMs, FeedOutput output) {
        for (JsonNode trade : trades) {
            for (JsonNode user : VenueJson.list(trade, "users")) {
                if (!user.isTextual() || user.textValue().indexOf(':') >= 0) {
                    throw VenueJson.wrong("users", user, "addresses");
                }
                accounts.seen(user.textValue(), nowMs, output);
            }
        }
    }

    private void fills(JsonNode data, FeedOutput output) {
        String user = VenueJson.text(data, "user").toLowerCase(Locale.ROOT);
        liquidations.came(user, Fill.all(VenueJson.list(data, "fills")), output);
    }
}
