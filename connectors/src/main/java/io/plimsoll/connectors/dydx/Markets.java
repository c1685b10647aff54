package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.ChangedRecords;
import io.plimsoll.connectors.feed.DepthRecords;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Price;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Instruments, prices and depth of one task's markets. */
final class Markets {

    private static final class Known {

        private PerpetualMarket market;
        private long heardMs;

        Known(PerpetualMarket market) {
            this.market = market;
        }
    }

    private final DydxConfig config;
    private final Slice slice;
    private final FeedHealth health;
    private final ChangedRecords<Instrument> instruments;
    private final ChangedRecords<Price> prices;
    private final DepthRecords depths;
    private final Map<String, Known> byTicker = new LinkedHashMap<>();
    private final Map<String, OrderBook> books = new HashMap<>();
    private boolean isKnown;

    Markets(DydxConfig config, Slice slice, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.slice = slice;
        this.health = health;
        this.instruments =
                new ChangedRecords<>(Topics.INSTRUMENTS, config.venue(), "instrument", offsets, ChangedRecords.NEVER);
        this.prices = new ChangedRecords<>(
                Topics.PRICES, config.venue(), "price", offsets, config.getLong(DydxConfig.PRICE_REFRESH));
        this.depths = new DepthRecords(config, offsets);
    }

    /** Takes the whole list of markets. */
    void list(JsonNode contents, long nowMs, FeedOutput output) {
        JsonNode markets = VenueJson.object(contents, "markets");
        isKnown = true;
        byTicker.keySet().removeIf(ticker -> !markets.has(ticker));
        List<String> own = own(markets);
        instruments.recall(own);
        prices.recall(own);
        own.forEach(ticker -> take(ticker, markets.get(ticker), nowMs, output));
    }

    /** Takes what has changed of some markets. */
    void change(JsonNode contents, long nowMs, FeedOutput output) {
        for (String part : List.of("trading", "oraclePrices")) {
            JsonNode markets = contents.get(part);
            if (markets != null && !VenueJson.isAbsent(markets)) {
                VenueJson.object(contents, part);
                own(markets).forEach(ticker -> take(ticker, markets.get(ticker), nowMs, output));
            }
        }
    }

    private List<String> own(JsonNode markets) {
        return markets.properties().stream()
                .map(Map.Entry::getKey)
                .filter(ticker -> slice.holds(ticker) && config.wants(ticker))
                .toList();
    }

    /** One market that cannot be read does not keep the others from being read. */
    private void take(String ticker, JsonNode said, long nowMs, FeedOutput output) {
        try {
            Known known = byTicker.get(ticker);
            PerpetualMarket market = (known == null ? PerpetualMarket.named(ticker) : known.market).with(said);
            if (market.isSettled()) {
                byTicker.remove(ticker);
                return;
            }
            if (known == null) {
                known = new Known(market);
                byTicker.put(ticker, known);
            }
            known.market = market;
            if (!VenueJson.isAbsent(said.get("oraclePrice"))) {
                known.heardMs = nowMs;
            }
            write(market, nowMs, output);
        } catch (FeedFormatException e) {
            health.malformed("market " + ticker, e, said.toString(), nowMs);
        }
    }

    private void write(PerpetualMarket market, long nowMs, FeedOutput output) {
        String day =
                Instant.ofEpochMilli(nowMs).atZone(ZoneOffset.UTC).toLocalDate().toString();
        Instrument instrument = market.instrument(config.venue(), day);
        if (instrument != null) {
            instruments.write(market.ticker(), instrument, instrument.toString(), nowMs, nowMs, output);
        }
        Price price = market.price(config.venue());
        if (price != null) {
            prices.write(market.ticker(), price, market.priceLine(), nowMs, nowMs, output);
        }
    }

    /** A book has come whole. */
    void book(String ticker, JsonNode contents) {
        books.computeIfAbsent(ticker, name -> new OrderBook()).snapshot(contents);
    }

    /** A book has changed. */
    void bookChange(String ticker, JsonNode contents) {
        OrderBook book = books.get(ticker);
        if (book != null) {
            book.change(contents);
        }
    }

    /** What is known of a book is not right any more. */
    void forgetBook(String ticker) {
        books.remove(ticker);
    }

    /** Writes depth of books that have changed. */
    void step(long nowMs, FeedOutput output) {
        books.forEach((ticker, book) -> {
            if (book.hasChanged() && depths.isDue(ticker, nowMs)) {
                depths.write(ticker, book.shown(), nowMs, nowMs, output);
            }
        });
    }

    /** Whether the venue has given its list of markets. */
    boolean isKnown() {
        return isKnown;
    }

    int count() {
        return byTicker.size();
    }

    /** This task's markets whose books and trades are subscribed to. */
    List<String> streamed() {
        return byTicker.keySet().stream().filter(config::streams).toList();
    }

    /** How many markets have had no oracle price within the time. */
    int late(long withinMs, long nowMs) {
        return (int) byTicker.values().stream()
                .filter(known -> nowMs - known.heardMs > withinMs)
                .count();
    }

    /** How many streamed markets have no book. */
    int withoutBook() {
        return (int)
                streamed().stream().filter(ticker -> !books.containsKey(ticker)).count();
    }

    /** Of this task's markets, those that were asked for and that the venue does not list. */
    List<String> missing() {
        return config.markets().stream()
                .filter(ticker -> slice.holds(ticker) && !byTicker.containsKey(ticker))
                .toList();
    }
}
