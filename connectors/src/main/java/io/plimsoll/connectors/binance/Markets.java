package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Fingerprint;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices of a task's markets. Each mark brings a record when anything but its time has changed; what other messages and
 * answers say of a market goes with the next mark, which is a second away.
 */
final class Markets {

    private static final String KIND = "price";
    private static final String DOLLAR = "USD";

    private final BinanceConfig config;
    private final Reference reference;
    private final SourceOffsets offsets;
    private final FeedHealth health;
    private final long refreshMs;
    private final long openInterestEveryMs;
    private final Map<String, Market> bySymbol = new LinkedHashMap<>();
    private final Map<String, BigDecimal> indexByPair = new HashMap<>();
    private final Map<String, BigDecimal> usdByAsset = new HashMap<>();

    private static final class Market {

        private final Listing listing;
        private @Nullable MarkPrice mark;
        private long markMs;
        private final long sinceMs;
        private boolean isBegun;
        private long venueMs;
        private @Nullable BigDecimal openInterest;
        private long openInterestVenueMs;
        private long openInterestMs;
        private long openInterestDueMs = Long.MIN_VALUE;
        private @Nullable BigDecimal dayVolume;
        private @Nullable String written;
        private long writtenMs;

        Market(Listing listing, long nowMs) {
            this.listing = listing;
            this.markMs = nowMs;
            this.sinceMs = nowMs;
            this.openInterestMs = nowMs;
        }
    }

    Markets(BinanceConfig config, Reference reference, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.reference = reference;
        this.offsets = offsets;
        this.health = health;
        this.refreshMs = config.getLong(BinanceConfig.PRICE_REFRESH);
        this.openInterestEveryMs = config.getLong(BinanceConfig.OPEN_INTEREST_INTERVAL);
    }

    /** Sets which markets there are. */
    void set(Collection<Listing> listings, long nowMs) {
        List<String> symbols = listings.stream().map(Listing::symbol).toList();
        bySymbol.keySet().retainAll(symbols);
        List<String> added =
                symbols.stream().filter(symbol -> !bySymbol.containsKey(symbol)).toList();
        Map<String, Map<String, String>> stored = offsets.of(KIND, added);
        for (Listing listing : listings) {
            bySymbol.computeIfAbsent(listing.symbol(), symbol -> {
                Market market = new Market(listing, nowMs);
                Map<String, String> before = stored.getOrDefault(symbol, Map.of());
                market.written = before.get("of");
                market.writtenMs = Long.parseLong(before.getOrDefault("time", "0"));
                market.venueMs = Long.parseLong(before.getOrDefault("venueTime", "0"));
                return market;
            });
        }
    }

    int count() {
        return bySymbol.size();
    }

    /** A mark has come. */
    void mark(JsonNode message, long nowMs, FeedOutput output) {
        Market market = bySymbol.get(VenueJson.text(message, "s"));
        if (market == null) {
            return;
        }
        MarkPrice mark = MarkPrice.of(message);
        health.venueTime(mark.timeMs(), nowMs);
        if (mark.timeMs() <= market.venueMs) {
            health.outOfOrder();
            return;
        }
        market.venueMs = mark.timeMs();
        market.mark = mark;
        market.markMs = nowMs;
        write(market, mark, nowMs, output);
    }

    /** An index has come, of all contracts on a pair. */
    void index(JsonNode message) {
        indexByPair.put(VenueJson.text(message, "i"), Fields.positive(message, "p"));
    }

    /** What an asset is worth in dollars has come. */
    void asset(JsonNode message) {
        String symbol = VenueJson.text(message, "s");
        if (symbol.endsWith(DOLLAR)) {
            usdByAsset.put(symbol.substring(0, symbol.length() - DOLLAR.length()), Fields.positive(message, "i"));
        }
    }

    /** What was traded within 24 hours: base units, on COIN-M contracts. */
    void volume(JsonNode message) {
        Market market = bySymbol.get(VenueJson.text(message, "s"));
        if (market != null) {
            market.dayVolume = VenueJson.decimal(message, "v");
        }
    }

    /** The market whose open interest is due, if one is. */
    Optional<String> openInterestDue(long nowMs) {
        return bySymbol.values().stream()
                .filter(market -> market.openInterestDueMs <= nowMs)
                .min((one, other) -> Long.compare(one.openInterestDueMs, other.openInterestDueMs))
                .map(market -> market.listing.symbol());
    }

    /** It is asked for, or was answered: the next time is an interval away. */
    void openInterestAsked(String symbol, long nowMs) {
        Market market = bySymbol.get(symbol);
        if (market != null) {
            market.openInterestDueMs = nowMs + openInterestEveryMs;
        }
    }

    /** It was asked for and not answered. */
    void openInterestUnanswered(String symbol, long retryMs) {
        Market market = bySymbol.get(symbol);
        if (market != null) {
            market.openInterestDueMs = retryMs;
        }
    }

    /** Open interest was answered. */
    void openInterest(JsonNode answer, long nowMs) {
        Market market = bySymbol.get(VenueJson.text(answer, "symbol"));
        if (market == null) {
            return;
        }
        BigDecimal value = VenueJson.decimal(answer, "openInterest");
        if (value.signum() < 0) {
            throw VenueJson.wrong("openInterest", answer.get("openInterest"), "0 or more");
        }
        long timeMs = VenueJson.whole(answer, "time");
        if (timeMs < market.openInterestVenueMs) {
            health.outOfOrder();
            return;
        }
        market.openInterest = value;
        market.openInterestVenueMs = timeMs;
        market.openInterestMs = nowMs;
    }

    /** How many markets have had no mark within the time. */
    int late(long withinMs, long nowMs) {
        return (int) bySymbol.values().stream()
                .filter(market -> market.mark == null || nowMs - market.markMs > withinMs)
                .count();
    }

    /** How many markets' open interest was not answered within three intervals. */
    int openInterestLate(long nowMs) {
        return (int) bySymbol.values().stream()
                .filter(market -> nowMs - market.openInterestMs > 3 * openInterestEveryMs)
                .count();
    }

    /** Markets whose quote asset is no dollar, and has no price yet: nothing is written of them. */
    List<String> unpriced() {
        return bySymbol.values().stream()
                .map(market -> market.listing)
                .filter(listing -> quoteUsd(listing) == null)
                .map(Listing::symbol)
                .toList();
    }

    private @Nullable Double quoteUsd(Listing listing) {
        BigDecimal usd = usdByAsset.get(listing.quoteAsset());
        if (usd != null) {
            return usd.doubleValue();
        }
        // Dollars, and coins that are meant to be worth one.
        return listing.quoteAsset().contains(DOLLAR) ? (Double) 1.0 : null;
    }

    /**
     * A market's first record waits until all that goes with its mark is known, but no longer than an interval of open
     * interest: else each start would tell readers that there is none.
     */
    private boolean isBegun(Market market, MarkPrice mark, long nowMs) {
        Listing listing = market.listing;
        market.isBegun |= nowMs - market.sinceMs >= openInterestEveryMs
                || market.openInterest != null
                        && market.dayVolume != null
                        && reference.fundingHours(mark.symbol()) != null
                        && (mark.index() != null || indexByPair.containsKey(listing.pair()))
                        && (listing.quoteAsset().equals(DOLLAR) || usdByAsset.containsKey(listing.quoteAsset()));
        return market.isBegun;
    }

    private void write(Market market, MarkPrice mark, long nowMs, FeedOutput output) {
        Listing listing = market.listing;
        Double usd = quoteUsd(listing);
        if (usd == null || !isBegun(market, mark, nowMs)) {
            return;
        }
        Price price = mark.price(
                config.venue(),
                new MarkPrice.Known(
                        indexByPair.get(listing.pair()),
                        reference.fundingHours(mark.symbol()),
                        market.openInterest,
                        market.dayVolume,
                        usd));
        String fingerprint = Fingerprint.of(price.toString());
        if (fingerprint.equals(market.written) && nowMs - market.writtenMs < refreshMs) {
            return;
        }
        market.written = fingerprint;
        market.writtenMs = nowMs;
        output.add(
                Topics.PRICES,
                Keys.market(config.venue(), mark.symbol()),
                mark.timeMs(),
                price,
                offsets.mark(
                        KIND,
                        mark.symbol(),
                        Map.of(
                                "of", fingerprint,
                                "time", Long.toString(nowMs),
                                "venueTime", Long.toString(mark.timeMs()))));
    }
}
