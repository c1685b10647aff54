package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.MarketFeedConfig;
import io.plimsoll.connectors.feed.MarketRecords;
import io.plimsoll.connectors.feed.VenueJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The venue's markets and their margin tiers, asked for at the start and at intervals. An instrument is written with its tiers. */
final class Reference {

    /** A market whose tiers were not answered is left for so long, lest it hold up the others. */
    private static final long RETRY_MS = 15_000;

    /** Tiers that have not come for so long are missing. */
    private static final long TIERS_LATE_MS = 120_000;

    private static final int MOST_NAMED = 5;

    private final BybitConfig config;
    private final FeedRuntime runtime;
    private final FeedHealth health;
    private final MarketRecords records;
    private final Wire wire;
    private final long intervalMs;

    private final Map<String, Market> markets = new LinkedHashMap<>();
    private final Set<String> listed = new LinkedHashSet<>();
    private final Map<String, Listing> pages = new LinkedHashMap<>();
    private long listDueMs = Long.MIN_VALUE;
    private boolean isListAsked;
    private boolean isKnown;
    private long knownSinceMs;
    private String cursor = "";

    Reference(BybitConfig config, FeedRuntime runtime, FeedHealth health, MarketRecords records, Wire wire) {
        this.config = config;
        this.runtime = runtime;
        this.health = health;
        this.records = records;
        this.wire = wire;
        this.intervalMs = config.getLong(MarketFeedConfig.REFERENCE_INTERVAL);
    }

    /** This task's markets. */
    Map<String, Market> markets() {
        return markets;
    }

    boolean isKnown() {
        return isKnown;
    }

    Optional<HttpCall> nextList(long nowMs) {
        return !isListAsked && nowMs >= listDueMs ? Optional.of(wire.instruments(cursor, nowMs)) : Optional.empty();
    }

    Optional<HttpCall> nextTiers(long nowMs) {
        return markets.values().stream()
                .filter(market -> !market.isLimitAsked && nowMs >= market.limitDueMs)
                .findFirst()
                .map(market -> wire.riskLimit(market.listing.symbol(), nowMs));
    }

    void asked(HttpCall call) {
        if (call.kind().equals(Wire.INSTRUMENTS)) {
            isListAsked = true;
        } else {
            Market market = markets.get(call.subject());
            if (market != null) {
                market.isLimitAsked = true;
            }
        }
    }

    void unanswered(HttpCall call) {
        if (call.kind().equals(Wire.INSTRUMENTS)) {
            isListAsked = false;
        } else {
            Market market = markets.get(call.subject());
            if (market != null) {
                market.isLimitAsked = false;
                market.limitDueMs = call.sentMs() + RETRY_MS;
            }
        }
    }

    /**
     * Takes a page of the list.
     *
     * @return whether it was the last: the markets are now those of the list
     */
    boolean page(JsonNode result, long nowMs, FeedOutput output) {
        JsonNode list = VenueJson.list(result, "list");
        String next = VenueJson.optionalText(result, "nextPageCursor");
        for (JsonNode row : list) {
            try {
                Listing listing = Listing.of(row);
                if (listing != null) {
                    pages.put(listing.symbol(), listing);
                }
            } catch (FeedFormatException e) {
                health.malformed(Wire.INSTRUMENTS, e, row.toString(), nowMs);
            }
        }
        isListAsked = false;
        // The last page is the one that points nowhere, or to itself.
        if (next != null && !next.isEmpty() && !next.equals(cursor) && !list.isEmpty()) {
            cursor = next;
            return false;
        }
        cursor = "";
        listDueMs = nowMs + intervalMs;
        set(nowMs);
        for (Market market : markets.values()) {
            write(market, nowMs, output);
        }
        return true;
    }

    private void set(long nowMs) {
        listed.clear();
        listed.addAll(pages.keySet());
        Set<String> wanted = config.markets();
        pages.values()
                .removeIf(listing -> !runtime.slice().holds(listing.symbol())
                        || !(wanted.isEmpty() || wanted.contains(listing.symbol())));
        markets.keySet().retainAll(pages.keySet());
        pages.forEach((symbol, listing) -> {
            Market market = markets.computeIfAbsent(symbol, name -> new Market(listing, config.depthLevels(), nowMs));
            market.listing = listing;
        });
        pages.clear();
        if (!isKnown) {
            isKnown = true;
            knownSinceMs = nowMs;
        }
        records.set(markets.keySet());
    }

    /** Takes the tiers of a market. */
    void tiers(String symbol, JsonNode result, long nowMs, FeedOutput output) {
        RiskLimit limit = RiskLimit.of(VenueJson.list(result, "list"), symbol);
        Market market = markets.get(symbol);
        if (market == null) {
            return;
        }
        market.isLimitAsked = false;
        market.limitDueMs = nowMs + intervalMs;
        market.hasNoLimit = limit.tiers().isEmpty();
        if (!market.hasNoLimit) {
            market.limit = limit;
            market.limitDay = Instant.ofEpochMilli(nowMs)
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .toString();
            write(market, nowMs, output);
        }
    }

    private void write(Market market, long nowMs, FeedOutput output) {
        RiskLimit limit = market.limit;
        if (limit != null) {
            records.instrument(
                    market.listing.instrument(config.venue(), limit, market.limitDay), Map.of(), nowMs, output);
        }
    }

    /** What the venue does not list or gives no tiers for; null: nothing. */
    @Nullable
    String missing(long nowMs) {
        List<String> unlisted = config.markets().stream()
                .filter(symbol -> !listed.contains(symbol))
                .toList();
        if (!unlisted.isEmpty()) {
            return "the venue does not list " + named(unlisted);
        }
        boolean isLate = nowMs - knownSinceMs > TIERS_LATE_MS;
        List<String> bare = markets.values().stream()
                .filter(market -> market.hasNoLimit || (isLate && market.limit == null))
                .map(market -> market.listing.symbol())
                .toList();
        return bare.isEmpty() ? null : "the venue gives no margin tiers for " + named(bare);
    }

    private static String named(List<String> symbols) {
        String names = String.join(", ", symbols.subList(0, Math.min(MOST_NAMED, symbols.size())));
        return symbols.size() <= MOST_NAMED ? names : names + " and " + (symbols.size() - MOST_NAMED) + " more";
    }
}
