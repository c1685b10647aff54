package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Price;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what markets say: an instrument or a price that has changed, also since a restart, and depth at intervals. A place in
 * the source for each, so that nothing is written twice.
 */
public final class MarketRecords {

    private static final String INSTRUMENT = "instrument";
    private static final String PRICE = "price";
    private static final String DEPTH = "depth";
    private static final String FINGERPRINT = "of";
    private static final String TIME = "time";

    private final String venue;
    private final SourceOffsets offsets;
    private final long priceIntervalMs;
    private final long priceRefreshMs;
    private final long depthIntervalMs;
    private final Map<String, Written> bySymbol = new LinkedHashMap<>();

    public MarketRecords(MarketFeedConfig config, SourceOffsets offsets) {
        this.venue = config.venue();
        this.offsets = offsets;
        this.priceIntervalMs = config.getLong(MarketFeedConfig.PRICE_INTERVAL);
        this.priceRefreshMs = config.getLong(MarketFeedConfig.PRICE_REFRESH);
        this.depthIntervalMs = config.getLong(MarketFeedConfig.DEPTH_INTERVAL);
    }

    /** Sets which markets there are; what was written of new ones is read from the offsets. */
    public void set(Collection<String> symbols) {
        bySymbol.keySet().removeIf(symbol -> !symbols.contains(symbol));
        var added =
                symbols.stream().filter(symbol -> !bySymbol.containsKey(symbol)).toList();
        Map<String, Map<String, String>> instruments = offsets.of(INSTRUMENT, added);
        Map<String, Map<String, String>> prices = offsets.of(PRICE, added);
        Map<String, Map<String, String>> depths = offsets.of(DEPTH, added);
        for (String symbol : added) {
            Written market = new Written(symbol);
            market.instrument = instruments.getOrDefault(symbol, Map.of()).get(FINGERPRINT);
            market.instrumentNotes = instruments.getOrDefault(symbol, Map.of());
            Map<String, String> price = prices.getOrDefault(symbol, Map.of());
            market.price = price.get(FINGERPRINT);
            market.priceMs = Long.parseLong(price.getOrDefault(TIME, "0"));
            market.depthTimeMs =
                    Long.parseLong(depths.getOrDefault(symbol, Map.of()).getOrDefault(TIME, "0"));
            bySymbol.put(symbol, market);
        }
    }

    /** What was noted when the market's instrument was last written, also before a restart. */
    public Map<String, String> instrumentNotes(String symbol) {
        Written market = bySymbol.get(symbol);
        return market == null ? Map.of() : market.instrumentNotes;
    }

    /** Writes an instrument if it is not as it was last written; notes are for whoever asks again after a restart. */
    public void instrument(Instrument instrument, Map<String, String> notes, long nowMs, FeedOutput output) {
        Written market = bySymbol.get(instrument.getSymbol());
        if (market == null) {
            return;
        }
        String fingerprint = Fingerprint.of(instrument.toString());
        if (!fingerprint.equals(market.instrument)) {
            market.instrument = fingerprint;
            Map<String, String> offset = new HashMap<>(notes);
            offset.put(FINGERPRINT, fingerprint);
            market.instrumentNotes = offset;
            output.add(
                    Topics.INSTRUMENTS,
                    Keys.market(venue, market.symbol),
                    nowMs,
                    instrument,
                    offsets.mark(INSTRUMENT, market.symbol, offset));
        }
    }

    /**
     * A market's price is known anew; it is written now or, if one has just been, a moment later.
     *
     * @param timeMs event time, epoch milliseconds
     */
    public void price(Price price, long timeMs, long nowMs, FeedOutput output) {
        Written market = bySymbol.get(price.getSymbol());
        if (market != null) {
            market.waiting = price;
            market.waitingTimeMs = Math.max(timeMs, market.waitingTimeMs);
            market.heardMs = nowMs;
            writePrice(market, nowMs, output);
        }
    }

    /** Writes the prices that have waited for their time. */
    public void step(long nowMs, FeedOutput output) {
        for (Written market : bySymbol.values()) {
            writePrice(market, nowMs, output);
        }
    }

    /** How many markets have had no price for so long. */
    public int late(long withinMs, long nowMs) {
        return (int) bySymbol.values().stream()
                .filter(market -> market.heardMs == 0 || nowMs - market.heardMs > withinMs)
                .count();
    }

    /** Whether depth as of a time may be written now. */
    public boolean isDepthDue(String symbol, long timeMs, long nowMs) {
        Written market = bySymbol.get(symbol);
        return market != null && timeMs > market.depthTimeMs && nowMs - market.depthMs >= depthIntervalMs;
    }

    /** Writes a market's depth. */
    public void depth(Depth depth, long timeMs, long nowMs, FeedOutput output) {
        Written market = bySymbol.get(depth.getSymbol());
        if (market != null) {
            market.depthMs = nowMs;
            market.depthTimeMs = timeMs;
            output.add(
                    Topics.DEPTH,
                    Keys.market(venue, market.symbol),
                    timeMs,
                    depth,
                    offsets.mark(DEPTH, market.symbol, Map.of(TIME, Long.toString(timeMs))));
        }
    }

    private void writePrice(Written market, long nowMs, FeedOutput output) {
        Price price = market.waiting;
        if (price == null || nowMs - market.priceMs < priceIntervalMs) {
            return;
        }
        market.waiting = null;
        boolean isRefresh = nowMs - market.priceMs >= priceRefreshMs;
        if (price.equals(market.last) && !isRefresh) {
            return;
        }
        market.last = price;
        String fingerprint = Fingerprint.of(price.toString());
        if (fingerprint.equals(market.price) && !isRefresh) {
            return;
        }
        market.price = fingerprint;
        market.priceMs = nowMs;
        output.add(
                Topics.PRICES,
                Keys.market(venue, market.symbol),
                market.waitingTimeMs,
                price,
                offsets.mark(PRICE, market.symbol, Map.of(FINGERPRINT, fingerprint, TIME, Long.toString(nowMs))));
    }

    private static final class Written {

        private final String symbol;
        private @Nullable String instrument;
        private Map<String, String> instrumentNotes = Map.of();
        private @Nullable String price;
        private @Nullable Price last;
        private long priceMs;
        private @Nullable Price waiting;
        private long waitingTimeMs;
        private long heardMs;
        private long depthMs;
        private long depthTimeMs;

        Written(String symbol) {
            this.symbol = symbol;
        }
    }
}
