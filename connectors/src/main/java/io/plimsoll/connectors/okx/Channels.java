package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.MarketRecords;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.Subscriptions;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the messages of the venue's WebSocket, each to the market that it is of. */
final class Channels {

    /** The venue is about to close the connection for an upgrade. */
    private static final String UPGRADE = "64008";

    /** A book whose snapshot does not come within this is asked for again, and said to be missing. */
    private static final long SNAPSHOT_MS = 10_000;

    /** Parts of a price that have not come within this are done without. */
    private static final long PARTS_MS = 10_000;

    /** The venue repeats marks every 10 s; one that is quiet for so long is subscribed to anew. */
    private static final long QUIET_MS = 60_000;

    private final OkxConfig config;
    private final Reference reference;
    private final FeedHealth health;
    private final MarketRecords records;
    private final Subscriptions subscriptions;
    private final Liquidations liquidations;
    private final List<Double> distances;

    private @Nullable String complaint;

    Channels(
            OkxConfig config,
            Reference reference,
            FeedHealth health,
            MarketRecords records,
            Subscriptions subscriptions,
            SourceOffsets offsets) {
        this.config = config;
        this.reference = reference;
        this.health = health;
        this.records = records;
        this.subscriptions = subscriptions;
        this.liquidations = new Liquidations(config.venue(), reference.markets(), offsets);
        this.distances = config.depthDistances();
    }

    /** There are other markets. */
    void set() {
        liquidations.set();
    }

    void opened() {
        complaint = null;
    }

    void closed(long nowMs) {
        reference.markets().values().forEach(market -> market.loseBook(nowMs));
    }

    /**
     * Takes a message; one that cannot be read is counted and passed over.
     *
     * @return whether the venue is about to close the connection
     */
    boolean take(String text, long nowMs, FeedOutput output) {
        if (text.equals(Wire.PONG)) {
            return false;
        }
        String channel = "a message";
        String symbol = "";
        try {
            JsonNode message = VenueJson.parse(text);
            if (!VenueJson.isAbsent(message.get("event"))) {
                return event(message);
            }
            JsonNode argument = VenueJson.object(message, "arg");
            channel = VenueJson.text(argument, "channel");
            symbol = argument.path("instId").asText();
            take(channel, symbol, message, nowMs, output);
        } catch (FeedFormatException e) {
            health.malformed(channel, e, text, nowMs);
            Market market = reference.markets().get(symbol);
            if (channel.equals(Wire.BOOKS) && market != null) {
                lostBook(market, nowMs);
            }
        }
        return false;
    }

    private boolean event(JsonNode message) {
        String event = VenueJson.text(message, "event");
        String code = message.path("code").asText();
        if (event.equals("error")) {
            String id = message.path("id").asText();
            complaint = id.isEmpty()
                    ? "code " + code + ", "
                            + VenueJson.shown(message.path("msg").asText())
                    : complaint;
            subscriptions.answered(id, false);
        }
        return event.equals("notice") && code.equals(UPGRADE);
    }

    private void take(String channel, String symbol, JsonNode message, long nowMs, FeedOutput output) {
        JsonNode data = VenueJson.list(message, "data");
        if (channel.equals(Wire.LIQUIDATIONS)) {
            if (!liquidations.take(data, output)) {
                health.outOfOrder();
            }
            return;
        }
        for (JsonNode item : data) {
            if (channel.equals(Wire.INDEX)) {
                for (Market market : reference.markets().values()) {
                    if (market.contract.underlying().equals(symbol)) {
                        priced(market, market.quote.index(item), nowMs, output);
                    }
                }
            } else {
                Market market = reference.markets().get(symbol);
                if (market != null) {
                    take(channel, market, message, item, nowMs, output);
                }
            }
        }
    }

    private void take(String channel, Market market, JsonNode message, JsonNode item, long nowMs, FeedOutput output) {
        switch (channel) {
            case Wire.MARK -> {
                market.markHeardMs = nowMs;
                priced(market, market.quote.mark(item), nowMs, output);
                if (reference.hasMoved(market)) {
                    reference.write(market, nowMs, output);
                }
            }
            case Wire.FUNDING -> priced(market, market.quote.funding(item), nowMs, output);
            case Wire.OPEN_INTEREST -> priced(market, market.quote.openInterest(item), nowMs, output);
            case Wire.TICKERS -> priced(market, market.quote.ticker(item), nowMs, output);
            case Wire.BOOKS -> book(market, item, VenueJson.text(message, "action"), nowMs);
            default -> {
                // What was not subscribed to, and what the venue may come to say in future.
            }
        }
    }

    private void priced(Market market, boolean isNewest, long nowMs, FeedOutput output) {
        if (!isNewest) {
            health.outOfOrder();
            return;
        }
        health.venueTime(market.quote.timeMs(), nowMs);
        market.pricedSinceMs = market.pricedSinceMs == 0 ? nowMs : market.pricedSinceMs;
        // After a start the parts come one by one: half a price is not to take the place of a whole one from before.
        if (!market.quote.isWhole(market.contract.isSwap()) && nowMs - market.pricedSinceMs < PARTS_MS) {
            return;
        }
        Price price = market.quote.price(config.venue(), market.contract.symbol());
        if (price != null) {
            records.price(price, market.quote.timeMs(), nowMs, output);
        }
    }

    private void book(Market market, JsonNode item, String action, long nowMs) {
        boolean wasKnown = market.book.isKnown();
        switch (market.book.take(item, action.equals("snapshot"))) {
            case DONE -> {
                if (!wasKnown) {
                    subscriptions.settled(channel(market));
                }
            }
            case OLD -> health.outOfOrder();
            case GAP -> {
                subscriptions.anew(channel(market));
                if (wasKnown) {
                    market.bookLostMs = nowMs;
                    health.gap();
                }
            }
        }
    }

    private void lostBook(Market market, long nowMs) {
        market.bookLostMs = nowMs;
        market.book.forget();
        health.gap();
        subscriptions.anew(channel(market));
    }

    private static String channel(Market market) {
        return Wire.channel(Wire.BOOKS, market.contract.symbol());
    }

    /** Writes depth that is due, and asks anew for what should have come. */
    void step(boolean isOpen, long nowMs, FeedOutput output) {
        for (Market market : reference.markets().values()) {
            String symbol = market.contract.symbol();
            if (market.book.hasChanged() && records.isDepthDue(symbol, market.book.timeMs(), nowMs)) {
                Depth depth = market.book.depth(config.venue(), symbol, distances);
                if (depth != null) {
                    records.depth(depth, market.book.timeMs(), nowMs, output);
                }
            }
            if (isOpen) {
                askAnew(market, nowMs);
            }
        }
    }

    private void askAnew(Market market, long nowMs) {
        String book = channel(market);
        long bookSentMs = subscriptions.sentMs(book);
        if (!market.book.isKnown() && bookSentMs > 0 && nowMs - bookSentMs >= SNAPSHOT_MS) {
            subscriptions.anew(book);
        }
        String mark = Wire.channel(Wire.MARK, market.contract.symbol());
        long sentMs = subscriptions.sentMs(mark);
        if (sentMs > 0 && nowMs - Math.max(sentMs, market.markHeardMs) >= QUIET_MS) {
            subscriptions.anew(mark);
        }
    }

    /** What does not come, null where all does. */
    @Nullable
    String missing(long nowMs) {
        if (complaint != null) {
            return "the venue says " + complaint;
        }
        long books = reference.markets().values().stream()
                .filter(market -> !market.book.isKnown() && nowMs - market.bookLostMs >= SNAPSHOT_MS)
                .count();
        if (books > 0) {
            return books + " books wait for a snapshot";
        }
        long withoutHours = reference.markets().values().stream()
                .filter(market -> market.quote.lacksFundingHours())
                .count();
        return withoutHours > 0
                ? withoutHours + " funding rates are not given: the venue does not say how many hours they are for"
                : null;
    }
}
