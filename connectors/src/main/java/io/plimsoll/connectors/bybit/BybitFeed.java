package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.MarketFeed;
import io.plimsoll.connectors.feed.Subscriptions;
import io.plimsoll.connectors.feed.VenueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bybit's feed of one category. Prices come as changes over the connection and whole at intervals by request, which also makes
 * good what a change that was missed has left behind; books are numbered, and asked for anew where a number is missing.
 */
final class BybitFeed extends MarketFeed {

    /** Pings every 20 s, as the venue recommends; 500 connections in 5 minutes from one address. */
    private static final Manners MANNERS = new Manners(Wire.PING, 20_000, 45_000, 50, 20);

    /** 21,000 characters of topics for each connection; how many messages an hour the venue does not say. */
    private static final Subscriptions.Limits LIMITS = new Subscriptions.Limits(100, 21_000, 3_600);

    /** After this the venue asks to wait for ten minutes. */
    private static final int FORBIDDEN = 403;

    private static final long FORBIDDEN_MS = 600_000;
    private static final int TOO_MANY = 429;
    private static final int TOO_MANY_VISITS = 10_006;

    /** An answer is this much older than its time, at most, milliseconds. */
    private static final long ANSWER_AGE_MS = 1_000;

    private final BybitConfig settings;
    private final Wire wire;
    private final Reference reference;
    private final Channels channels;

    private long tickersDueMs = Long.MIN_VALUE;
    private boolean areTickersAsked;

    BybitFeed(BybitConfig config, FeedRuntime runtime) {
        super(config, runtime, MANNERS, new Subscriptions(Wire::operation, LIMITS));
        this.settings = config;
        this.wire = new Wire(config.category());
        this.reference = new Reference(config, runtime, health, records, wire);
        this.channels = new Channels(
                config,
                reference.markets(),
                health,
                records,
                subscriptions,
                runtime.offsets(),
                FeedHealth.lastSeenMs(runtime.offsets(), BybitSourceConnector.MOST_TASKS) > 0);
    }

    @Override
    protected boolean isKnown() {
        return reference.isKnown();
    }

    @Override
    protected int markets() {
        return reference.markets().size();
    }

    @Override
    protected Optional<HttpCall> nextCall(long nowMs) {
        Optional<HttpCall> call = reference.nextList(nowMs);
        if (call.isEmpty() && reference.isKnown() && !areTickersAsked && nowMs >= tickersDueMs) {
            call = Optional.of(wire.tickers(nowMs));
        }
        return call.isEmpty() ? reference.nextTiers(nowMs) : call;
    }

    @Override
    protected void asked(HttpCall call) {
        if (call.kind().equals(Wire.TICKERS)) {
            areTickersAsked = true;
        } else {
            reference.asked(call);
        }
    }

    @Override
    protected void unanswered(HttpCall call) {
        if (call.kind().equals(Wire.TICKERS)) {
            areTickersAsked = false;
        } else {
            reference.unanswered(call);
        }
    }

    @Override
    protected OptionalLong tooMany(int status, @Nullable JsonNode body) {
        if (status == FORBIDDEN) {
            return OptionalLong.of(FORBIDDEN_MS);
        }
        boolean isVisits = body != null && body.path("retCode").asLong() == TOO_MANY_VISITS;
        return status == TOO_MANY || isVisits ? OptionalLong.of(0) : OptionalLong.empty();
    }

    @Override
    protected @Nullable String refusal(JsonNode body) {
        long code = VenueJson.whole(body, "retCode");
        return code == 0
                ? null
                : "code " + code + ", " + VenueJson.shown(body.path("retMsg").asText());
    }

    @Override
    protected void taken(HttpCall call, JsonNode body, long nowMs, FeedOutput output) {
        JsonNode result = VenueJson.object(body, "result");
        switch (call.kind()) {
            case Wire.INSTRUMENTS -> {
                if (reference.page(result, nowMs, output)) {
                    channels.set();
                    subscriptions.want(topics());
                }
            }
            case Wire.TICKERS -> {
                tickers(VenueJson.list(result, "list"), VenueJson.whole(body, "time"), nowMs, output);
                areTickersAsked = false;
                tickersDueMs = nowMs + settings.getLong(BybitConfig.TICKERS_INTERVAL);
            }
            default -> reference.tiers(call.subject(), result, nowMs, output);
        }
    }

    private void tickers(JsonNode list, long timeMs, long nowMs, FeedOutput output) {
        health.venueTime(timeMs, nowMs);
        for (JsonNode row : list) {
            try {
                Market market = reference.markets().get(VenueJson.text(row, "symbol"));
                if (market != null) {
                    market.ticker.take(row, false, timeMs - ANSWER_AGE_MS);
                    channels.price(market, nowMs, output);
                }
            } catch (FeedFormatException e) {
                health.malformed(Wire.TICKERS, e, row.toString(), nowMs);
            }
        }
    }

    /** What matters most first: prices, then liquidations, then books. */
    private List<String> topics() {
        List<String> topics = new ArrayList<>();
        reference.markets().keySet().forEach(symbol -> topics.add(Wire.ticker(symbol)));
        reference.markets().keySet().forEach(symbol -> topics.add(Wire.liquidations(symbol)));
        reference.markets().keySet().forEach(symbol -> topics.add(Wire.book(settings.depthLevels(), symbol)));
        return topics;
    }

    @Override
    protected void said(String text, long nowMs, FeedOutput output) {
        channels.take(text, nowMs, output);
    }

    @Override
    protected void opened(boolean isFirst, long nowMs) {
        tickersDueMs = Long.MIN_VALUE;
        channels.opened(isFirst, nowMs);
    }

    @Override
    protected void closed(long nowMs) {
        channels.closed(nowMs);
    }

    @Override
    protected void due(long nowMs, FeedOutput output) {
        channels.step(isOpen(), nowMs, output);
    }

    @Override
    protected @Nullable String missing(long nowMs) {
        String missing = reference.missing(nowMs);
        return missing == null ? channels.missing(nowMs) : missing;
    }
}
