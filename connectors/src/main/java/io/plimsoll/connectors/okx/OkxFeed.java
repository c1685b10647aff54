package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.MarketFeed;
import io.plimsoll.connectors.feed.Subscriptions;
import io.plimsoll.connectors.feed.VenueJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OKX's feed. Each message but those of books is whole, and comes again within seconds though nothing has changed; books follow
 * on one another, and are asked for anew where one is missing.
 */
final class OkxFeed extends MarketFeed {

    /** The venue closes a connection that is silent for 30 s, and takes 3 connections a second from one address. */
    private static final Manners MANNERS = new Manners(Wire.PING, 15_000, 40_000, 60, 3);

    /** 480 messages an hour on one connection, of 64 KB at most; how many channels in all the venue does not say. */
    private static final Subscriptions.Limits LIMITS = new Subscriptions.Limits(200, Integer.MAX_VALUE, 480);

    private static final int TOO_MANY = 429;
    private static final Set<String> TOO_MANY_CODES = Set.of("50011", "50061");

    private final OkxConfig settings;
    private final Reference reference;
    private final Channels channels;

    OkxFeed(OkxConfig config, FeedRuntime runtime) {
        super(config, runtime, MANNERS, new Subscriptions(Wire::operation, LIMITS));
        this.settings = config;
        this.reference = new Reference(config, runtime, health, records);
        this.channels = new Channels(config, reference, health, records, subscriptions, runtime.offsets());
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
        return reference.next(nowMs);
    }

    @Override
    protected void asked(HttpCall call) {
        reference.asked(call);
    }

    @Override
    protected void unanswered(HttpCall call) {
        reference.unanswered(call);
    }

    @Override
    protected OptionalLong tooMany(int status, @Nullable JsonNode body) {
        boolean isCode =
                body != null && TOO_MANY_CODES.contains(body.path("code").asText());
        return status == TOO_MANY || isCode ? OptionalLong.of(0) : OptionalLong.empty();
    }

    @Override
    protected @Nullable String refusal(JsonNode body) {
        String code = VenueJson.text(body, "code");
        return code.equals("0")
                ? null
                : "code " + code + ", " + VenueJson.shown(body.path("msg").asText());
    }

    @Override
    protected void taken(HttpCall call, JsonNode body, long nowMs, FeedOutput output) {
        JsonNode data = VenueJson.list(body, "data");
        if (call.kind().equals(Wire.TIERS)) {
            reference.tiers(call.subject(), data, nowMs, output);
        } else if (reference.list(call.subject(), data, nowMs, output)) {
            channels.set();
            subscriptions.want(wanted());
        }
    }

    /** What matters most first: prices, then liquidations, then books. */
    private List<String> wanted() {
        List<String> wanted = new ArrayList<>();
        Set<String> indices = new LinkedHashSet<>();
        for (Market market : reference.markets().values()) {
            String symbol = market.contract.symbol();
            wanted.add(Wire.channel(Wire.MARK, symbol));
            wanted.add(Wire.channel(Wire.OPEN_INTEREST, symbol));
            wanted.add(Wire.channel(Wire.TICKERS, symbol));
            if (market.contract.isSwap()) {
                wanted.add(Wire.channel(Wire.FUNDING, symbol));
            }
            indices.add(Wire.channel(Wire.INDEX, market.contract.underlying()));
        }
        wanted.addAll(indices);
        settings.types().forEach(type -> wanted.add(Wire.liquidations(type)));
        reference.markets().keySet().forEach(symbol -> wanted.add(Wire.channel(Wire.BOOKS, symbol)));
        return wanted;
    }

    @Override
    protected void said(String text, long nowMs, FeedOutput output) {
        if (channels.take(text, nowMs, output)) {
            renewConnection("the venue is about to close it for an upgrade");
        }
    }

    @Override
    protected void opened(boolean isFirst, long nowMs) {
        channels.opened();
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
