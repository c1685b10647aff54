package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.VenueJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Takes the messages of the venue's connections, each to where it belongs. */
final class Channels {

    private static final String TOO_MANY = "Too many";

    /** The venue takes two subscriptions a second to the same thing. */
    private static final long RENEW_AFTER_MS = 5_000;

    private final Markets markets;
    private final Accounts accounts;
    private final Trades trades;
    private final FeedHealth health;

    private @Nullable String lastError;

    Channels(Markets markets, Accounts accounts, Trades trades, FeedHealth health) {
        this.markets = markets;
        this.accounts = accounts;
        this.trades = trades;
        this.health = health;
    }

    /** What the venue has last complained of since its list of markets came, if it has. */
    @Nullable
    String lastError() {
        return lastError;
    }

    /** Takes a message that follows on; what one cannot read of it is asked for whole. */
    void take(Line line, JsonNode message, long nowMs, FeedOutput output) {
        String channel = message.path("channel").asText();
        String id = message.path("id").asText();
        try {
            switch (VenueJson.text(message, "type")) {
                case "subscribed" -> whole(channel, id, message, nowMs, output);
                case "channel_data" -> changed(channel, id, VenueJson.object(message, "contents"), nowMs, output);
                case "channel_batch_data" -> {
                    for (JsonNode contents : VenueJson.list(message, "contents")) {
                        changed(channel, id, contents, nowMs, output);
                    }
                }
                case "error" -> error(message);
                default -> {
                    // Greetings, what was unsubscribed from, and what the venue may come to say in future.
                }
            }
        } catch (FeedFormatException e) {
            health.malformed(channel + " " + id, e, message.toString(), nowMs);
            unread(line, channel, id, nowMs);
        }
    }

    private void whole(String channel, String id, JsonNode message, long nowMs, FeedOutput output) {
        JsonNode contents = VenueJson.object(message, "contents");
        switch (channel) {
            case Line.MARKETS -> {
                lastError = null;
                markets.list(contents, nowMs, output);
            }
            case Line.BOOK -> markets.book(id, contents);
            case Line.TRADES -> trades.subscribed(id, Trade.all(contents), nowMs, output);
            case Line.ACCOUNT -> accounts.snapshot(id, contents, nowMs, output);
            case Line.BLOCKS -> blockTime(contents, nowMs);
            default -> {
                // Nothing else was asked for.
            }
        }
    }

    private void changed(String channel, String id, JsonNode contents, long nowMs, FeedOutput output) {
        switch (channel) {
            case Line.MARKETS -> markets.change(contents, nowMs, output);
            case Line.BOOK -> markets.bookChange(id, contents);
            case Line.TRADES -> trades.came(id, Trade.all(contents), output);
            case Line.ACCOUNT -> accounts.change(id, contents, nowMs, output);
            case Line.BLOCKS -> blockTime(contents, nowMs);
            default -> {
                // Nothing else was asked for.
            }
        }
    }

    private void blockTime(JsonNode contents, long nowMs) {
        String time = VenueJson.optionalText(contents, "time");
        if (time != null) {
            try {
                health.venueTime(Instant.parse(time).toEpochMilli(), nowMs);
            } catch (DateTimeParseException e) {
                throw VenueJson.wrong("time", contents.get("time"), "a time such as 2026-01-31T12:00:00.000Z");
            }
        }
    }

    private void error(JsonNode message) {
        lastError = VenueJson.shown(message.path("message").asText());
        if (lastError.startsWith(TOO_MANY)) {
            health.throttled();
        }
    }

    private void unread(Line line, String channel, String id, long nowMs) {
        switch (channel) {
            case Line.BOOK -> markets.forgetBook(id);
            case Line.TRADES -> trades.interrupted(id, nowMs);
            case Line.ACCOUNT -> accounts.forget(id);
            default -> {
                // It is no change of something that is kept.
            }
        }
        health.gap();
        line.renew(channel, id, nowMs + RENEW_AFTER_MS);
    }
}
