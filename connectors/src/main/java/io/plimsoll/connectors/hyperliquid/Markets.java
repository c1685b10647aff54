package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.BookDepth;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Fingerprint;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prices and depth of the markets of one task. */
final class Markets {

    private static final String PRICE = "price";
    private static final String DEPTH = "depth";

    /** A best bid and ask so much older than a book, milliseconds, is of another moment. */
    private static final long QUOTE_AGE_MS = 5_000;

    private final HyperliquidConfig config;
    private final SourceOffsets offsets;
    private final FeedHealth health;
    private final long refreshMs;
    private final long depthIntervalMs;
    private final List<Double> distances;

    private final Map<String, Market> byCoin = new LinkedHashMap<>();

    Markets(HyperliquidConfig config, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.offsets = offsets;
        this.health = health;
        this.refreshMs = config.getLong(HyperliquidConfig.PRICE_REFRESH);
        this.depthIntervalMs = config.getLong(HyperliquidConfig.DEPTH_INTERVAL);
        this.distances = config.depthDistances();
    }

    /** Sets which markets there are; gives those that are new. */
    List<String> set(Collection<String> coins) {
        byCoin.keySet().removeIf(coin -> !coins.contains(coin));
        List<String> added =
                coins.stream().filter(coin -> !byCoin.containsKey(coin)).toList();
        Map<String, Map<String, String>> prices = offsets.of(PRICE, added);
        Map<String, Map<String, String>> depths = offsets.of(DEPTH, added);
        for (String coin : added) {
            Market market = new Market(coin);
            Map<String, String> price = prices.getOrDefault(coin, Map.of());
            market.written = price.get("of");
            market.writtenMs = Long.parseLong(price.getOrDefault("time", "0"));
            market.bookMs = Long.parseLong(depths.getOrDefault(coin, Map.of()).getOrDefault("time", "0"));
            byCoin.put(coin, market);
        }
        return added;
    }

    Collection<String> coins() {
        return byCoin.keySet();
    }

    /** A market's context has come over the connection. */
    void context(JsonNode data, long nowMs, FeedOutput output) {
        Market market = byCoin.get(VenueJson.text(data, "coin"));
        if (market != null) {
            market.context = AssetContext.of(VenueJson.object(data, "ctx"));
            market.contextMs = nowMs;
            write(market, nowMs, output);
        }
    }

    /** A market's context was answered; what has come over the connection since it was asked for is newer. */
    void snapshot(String coin, AssetContext context, long askedMs, long nowMs, FeedOutput output) {
        Market market = byCoin.get(coin);
        if (market != null && (market.context == null || market.contextMs < askedMs)) {
            market.context = context;
            market.contextMs = nowMs;
            write(market, nowMs, output);
        }
    }

    /** A best bid and ask has come. */
    void quote(JsonNode data, long nowMs) {
        Market market = byCoin.get(VenueJson.text(data, "coin"));
        if (market == null) {
            return;
        }
        long timeMs = VenueJson.whole(data, "time");
        JsonNode sides = VenueJson.list(data, "bbo");
        if (sides.size() != 2) {
            throw VenueJson.wrong("bbo", sides, "a bid and an ask");
        }
        health.venueTime(timeMs, nowMs);
        if (timeMs < market.quoteMs) {
            health.outOfOrder();
            return;
        }
        market.quoteMs = timeMs;
        // Null is a side on which there is no order.
        market.quoteMid = VenueJson.isAbsent(sides.get(0)) || VenueJson.isAbsent(sides.get(1))
                ? null
                : BookDepth.mid(
                        Book.level(sides.get(0)).price(),
                        Book.level(sides.get(1)).price());
    }

    /** A book has come. */
    void book(JsonNode data, long nowMs, FeedOutput output) {
        Book book = Book.of(data);
        Market market = byCoin.get(book.coin());
        if (market == null) {
            return;
        }
        health.venueTime(book.timeMs(), nowMs);
        if (book.timeMs() <= market.bookMs) {
            health.outOfOrder();
            return;
        }
        market.bookMs = book.timeMs();
        market.book = book;
        writeDepth(market, nowMs, output);
    }

    /** Writes what has waited for its time. */
    void step(long nowMs, FeedOutput output) {
        for (Market market : byCoin.values()) {
            writeDepth(market, nowMs, output);
        }
    }

    /** The newest mark of a market, quote units; NaN where it is not known. */
    double mark(String coin) {
        Market market = byCoin.get(coin);
        return market == null || market.context == null
                ? Double.NaN
                : market.context.markPx().doubleValue();
    }

    /** How many markets have said nothing within the time. */
    int late(long withinMs, long nowMs) {
        return (int) byCoin.values().stream()
                .filter(market -> market.context == null || nowMs - market.contextMs > withinMs)
                .count();
    }

    private void write(Market market, long nowMs, FeedOutput output) {
        AssetContext context = Objects.requireNonNull(market.context);
        String line = context.line();
        if (line.equals(market.line) && nowMs - market.writtenMs < refreshMs) {
            return;
        }
        String fingerprint = Fingerprint.of(line);
        market.line = line;
        if (fingerprint.equals(market.written) && nowMs - market.writtenMs < refreshMs) {
            return;
        }
        market.written = fingerprint;
        market.writtenMs = nowMs;
        output.add(
                Topics.PRICES,
                Keys.market(config.venue(), market.coin),
                nowMs,
                context.price(config.venue(), market.coin),
                offsets.mark(PRICE, market.coin, Map.of("of", fingerprint, "time", Long.toString(nowMs))));
    }

    private void writeDepth(Market market, long nowMs, FeedOutput output) {
        Book book = market.book;
        if (book == null || nowMs - market.depthWrittenMs < depthIntervalMs) {
            return;
        }
        market.book = null;
        market.depthWrittenMs = nowMs;
        boolean fresh = market.quoteMid != null && Math.abs(market.quoteMs - book.timeMs()) <= QUOTE_AGE_MS;
        BigDecimal mid = fresh ? market.quoteMid : book.mid();
        if (mid == null) {
            return;
        }
        List<DepthLevel> levels = BookDepth.of(book.bids(), book.asks(), mid, distances, config.exactPrices());
        if (!levels.isEmpty()) {
            output.add(
                    Topics.DEPTH,
                    Keys.market(config.venue(), market.coin),
                    book.timeMs(),
                    new Depth(config.venue(), market.coin, mid.doubleValue(), levels),
                    offsets.mark(DEPTH, market.coin, Map.of("time", Long.toString(book.timeMs()))));
        }
    }

    private static final class Market {

        private final String coin;
        private @Nullable AssetContext context;
        private long contextMs;
        private @Nullable String line;
        private @Nullable String written;
        private long writtenMs;
        private @Nullable Book book;
        private long bookMs;
        private long depthWrittenMs;
        private @Nullable BigDecimal quoteMid;
        private long quoteMs;

        Market(String coin) {
            this.coin = coin;
        }
    }
}
