package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.LiquidationRecords;
import io.plimsoll.connectors.feed.MarketRecords;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.Subscriptions;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the messages of the venue's WebSocket, each to the market that it is of. */
final class Channels {

    private static final String TICKERS = "tickers.";
    private static final String BOOKS = "orderbook.";
    private static final String LIQUIDATIONS = "allLiquidation.";

    /** A book whose snapshot does not come within this is asked for again, and said to be missing. */
    private static final long SNAPSHOT_MS = 10_000;

    /** A price of which the connection says nothing for so long is subscribed to anew. */
    private static final long QUIET_MS = 60_000;

    private final BybitConfig config;
    private final Map<String, Market> markets;
    private final FeedHealth health;
    private final MarketRecords records;
    private final Subscriptions subscriptions;
    private final LiquidationRecords liquidations;
    private final List<Double> distances;

    private boolean wereMissed;

    /** @param hasRun whether the feed has run before, so that it has missed something since */
    Channels(
            BybitConfig config,
            Map<String, Market> markets,
            FeedHealth health,
            MarketRecords records,
            Subscriptions subscriptions,
            SourceOffsets offsets,
            boolean hasRun) {
        this.config = config;
        this.markets = markets;
        this.health = health;
        this.records = records;
        this.subscriptions = subscriptions;
        this.liquidations = new LiquidationRecords(config.venue(), offsets, true);
        this.distances = config.depthDistances();
        this.wereMissed = hasRun;
    }

    /** There are other markets. */
    void set() {
        liquidations.set(markets.keySet());
    }

    void opened(boolean isFirst, long nowMs) {
        wereMissed |= !isFirst;
        liquidations.heardAgain(nowMs);
    }

    void closed(long nowMs) {
        for (Market market : markets.values()) {
            lost(market, nowMs);
        }
    }

    /** Takes a message; one that cannot be read is counted, and what it may have said is asked for anew. */
    void take(String text, long nowMs, FeedOutput output) {
        String topic = "a message";
        try {
            JsonNode message = VenueJson.parse(text);
            if (VenueJson.isAbsent(message.get("topic"))) {
                operation(message);
                return;
            }
            topic = VenueJson.text(message, "topic");
            Market market = markets.get(topic.substring(topic.lastIndexOf('.') + 1));
            if (market != null) {
                take(topic, message, market, nowMs, output);
            }
        } catch (FeedFormatException e) {
            health.malformed(topic, e, text, nowMs);
            subscriptions.anew(topic);
            if (!topic.startsWith(TICKERS) && !topic.startsWith(BOOKS)) {
                wereMissed = true;
                liquidations.heardAgain(nowMs);
            }
        }
    }

    private void operation(JsonNode message) {
        if (!message.isObject()) {
            throw new FeedFormatException("neither of a topic nor an answer");
        }
        String id = VenueJson.optionalText(message, "req_id");
        if (id != null && !VenueJson.isAbsent(message.get("success"))) {
            subscriptions.answered(id, VenueJson.flag(message, "success"));
        }
    }

    private void take(String topic, JsonNode message, Market market, long nowMs, FeedOutput output) {
        long timeMs = VenueJson.whole(message, "ts");
        boolean isSnapshot = VenueJson.text(message, "type").equals("snapshot");
        health.venueTime(timeMs, nowMs);
        if (topic.startsWith(TICKERS)) {
            if (timeMs < market.ticker.timeMs()) {
                health.outOfOrder();
            }
            market.ticker.take(VenueJson.object(message, "data"), isSnapshot, timeMs);
            market.tickerHeardMs = nowMs;
            price(market, nowMs, output);
        } else if (topic.startsWith(BOOKS)) {
            book(topic, VenueJson.object(message, "data"), isSnapshot, timeMs, market, nowMs);
        } else if (topic.startsWith(LIQUIDATIONS)) {
            List<LiquidationRecords.Report> reports = new ArrayList<>();
            for (JsonNode report : VenueJson.list(message, "data")) {
                reports.add(report(report, market.listing));
            }
            if (liquidations.write(reports, output) < reports.size()) {
                health.outOfOrder();
            }
        }
    }

    /** Writes a market's price as it is known. */
    void price(Market market, long nowMs, FeedOutput output) {
        Price price = market.ticker.price(config.venue(), market.listing);
        if (price != null) {
            records.price(price, market.ticker.timeMs(), nowMs, output);
        }
    }

    private void book(String topic, JsonNode data, boolean isSnapshot, long timeMs, Market market, long nowMs) {
        boolean wasKnown = market.book.isKnown();
        try {
            switch (market.book.take(data, isSnapshot, timeMs)) {
                case DONE -> {
                    if (!wasKnown) {
                        subscriptions.settled(topic);
                    }
                }
                case OLD -> health.outOfOrder();
                case GAP -> subscriptions.anew(topic);
            }
        } finally {
            if (wasKnown && !market.book.isKnown()) {
                market.bookLostMs = nowMs;
                health.gap();
            }
        }
    }

    /** Side is that of the position: Buy says that a long was liquidated. */
    static LiquidationRecords.Report report(JsonNode report, Listing listing) {
        String side = VenueJson.text(report, "S");
        if (!side.equals("Buy") && !side.equals("Sell")) {
            throw VenueJson.wrong("S", report.get("S"), "Buy or Sell");
        }
        return new LiquidationRecords.Report(
                listing.symbol(),
                listing.isInverse(),
                side.equals("Buy") ? PositionSide.LONG : PositionSide.SHORT,
                VenueJson.decimal(report, "v"),
                VenueJson.decimal(report, "p"),
                VenueJson.whole(report, "T"));
    }

    /** Writes depth that is due, and asks anew for what should have come. */
    void step(boolean isOpen, long nowMs, FeedOutput output) {
        for (Market market : markets.values()) {
            String symbol = market.listing.symbol();
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
        String book = Wire.book(config.depthLevels(), market.listing.symbol());
        long bookSentMs = subscriptions.sentMs(book);
        if (!market.book.isKnown() && bookSentMs > 0 && nowMs - bookSentMs >= SNAPSHOT_MS) {
            subscriptions.anew(book);
        }
        String ticker = Wire.ticker(market.listing.symbol());
        long sentMs = subscriptions.sentMs(ticker);
        if (sentMs > 0 && nowMs - Math.max(sentMs, market.tickerHeardMs) >= QUIET_MS) {
            subscriptions.anew(ticker);
        }
    }

    private static void lost(Market market, long nowMs) {
        if (market.book.isKnown()) {
            market.bookLostMs = nowMs;
        }
        market.book.forget();
    }

    /** What does not come, null where all does. */
    @Nullable
    String missing(long nowMs) {
        long books = markets.values().stream()
                .filter(market -> !market.book.isKnown()
                        && nowMs - market.bookLostMs >= SNAPSHOT_MS
                        && subscriptions.sentMs(Wire.book(config.depthLevels(), market.listing.symbol())) > 0)
                .count();
        if (books > 0) {
            return books + " books wait for a snapshot";
        }
        return wereMissed && liquidations.isMinuteBroken(nowMs)
                ? "liquidations of this minute may have been missed, and the venue does not repeat them"
                : null;
    }
}
