package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Fingerprint;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.hyperliquid.MarketList.Listing;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The venue's list of markets with its margin tables: asked for at the start, after each cut and at intervals. */
final class Reference {

    private static final String KIND = "instrument";

    private final HyperliquidConfig config;
    private final Wire wire;
    private final Slice slice;
    private final SourceOffsets offsets;
    private final Set<String> wanted;
    private final Map<String, String> written = new HashMap<>();

    private long dueMs = Long.MIN_VALUE;
    private boolean isAsked;
    private @Nullable String asset;
    private long assetToken = -1;
    private @Nullable JsonNode waitsForAsset;
    private @Nullable MarketList markets;

    Reference(HyperliquidConfig config, Wire wire, Slice slice, SourceOffsets offsets) {
        this.config = config;
        this.wire = wire;
        this.slice = slice;
        this.offsets = offsets;
        this.wanted = config.markets();
    }

    /** The question that is due, if there is one. */
    Optional<HttpCall> next(long nowMs) {
        if (isAsked) {
            return Optional.empty();
        }
        if (waitsForAsset != null) {
            return Optional.of(wire.tokens(nowMs));
        }
        return nowMs >= dueMs ? Optional.of(wire.reference(nowMs)) : Optional.empty();
    }

    void asked() {
        isAsked = true;
    }

    void unanswered() {
        isAsked = false;
    }

    /** All is to be asked for anew: something may have been missed. */
    void askNow() {
        dueMs = Long.MIN_VALUE;
    }

    /** Takes the names of tokens; gives the answer that waited for them. */
    @Nullable
    JsonNode tokens(JsonNode answer) {
        isAsked = false;
        for (JsonNode token : VenueJson.list(answer, "tokens")) {
            if (VenueJson.whole(token, "index") == assetToken) {
                asset = VenueJson.text(token, "name");
            }
        }
        if (asset == null) {
            throw VenueJson.wrong("tokens", null, "a list with token " + assetToken + ", which margins the dex");
        }
        JsonNode waited = waitsForAsset;
        waitsForAsset = null;
        return waited;
    }

    /**
     * Takes the list of markets and writes the instruments of this task that have changed.
     *
     * @return contexts by market; empty where the name of the collateral must be asked for first
     */
    Map<String, AssetContext> take(JsonNode answer, long nowMs, FeedOutput output) {
        isAsked = false;
        if (!answer.isArray() || answer.size() != 2) {
            throw VenueJson.wrong(Wire.REFERENCE, answer, "a pair of meta and contexts");
        }
        MarketList list = MarketList.of(answer.get(0));
        if (list.collateralToken() != assetToken) {
            assetToken = list.collateralToken();
            asset = assetToken == 0 ? "USDC" : null;
        }
        if (asset == null) {
            waitsForAsset = answer;
            return Map.of();
        }
        Map<String, AssetContext> contexts = contexts(list.listings(), answer.get(1));
        markets = list;
        dueMs = nowMs + config.getLong(HyperliquidConfig.REFERENCE_INTERVAL);
        write(list, asset, nowMs, output);
        return contexts;
    }

    private static Map<String, AssetContext> contexts(List<Listing> listings, JsonNode list) {
        if (!list.isArray() || list.size() != listings.size()) {
            throw VenueJson.wrong("contexts", list, "a list of as many as there are markets, " + listings.size());
        }
        Map<String, AssetContext> contexts = new LinkedHashMap<>();
        for (int i = 0; i < listings.size(); i++) {
            // A market that is no more need not have prices that can be read.
            if (!listings.get(i).isDelisted()) {
                contexts.put(listings.get(i).coin(), AssetContext.of(list.get(i)));
            }
        }
        return contexts;
    }

    private void write(MarketList list, String settleAsset, long nowMs, FeedOutput output) {
        List<Listing> own = list.listings().stream().filter(this::isOwn).toList();
        List<String> unknown = own.stream()
                .map(Listing::coin)
                .filter(coin -> !written.containsKey(coin))
                .toList();
        offsets.of(KIND, unknown).forEach((coin, stored) -> written.put(coin, stored.getOrDefault("of", "")));
        String day =
                Instant.ofEpochMilli(nowMs).atZone(ZoneOffset.UTC).toLocalDate().toString();
        for (Listing listing : own) {
            Instrument instrument = MarketList.instrument(config.venue(), listing, settleAsset, day);
            String fingerprint = Fingerprint.of(instrument.toString());
            if (!fingerprint.equals(written.put(listing.coin(), fingerprint))) {
                output.add(
                        Topics.INSTRUMENTS,
                        Keys.market(config.venue(), listing.coin()),
                        nowMs,
                        instrument,
                        offsets.mark(KIND, listing.coin(), Map.of("of", fingerprint)));
            }
        }
    }

    private boolean isOwn(Listing listing) {
        return isWanted(listing) && slice.holds(listing.coin());
    }

    private boolean isWanted(Listing listing) {
        // An account's positions in other markets need their instruments and prices, too.
        return !listing.isDelisted() && (config.followsAccounts() || config.streams(listing.coin()));
    }

    /** Whether the venue has answered yet. */
    boolean isKnown() {
        return markets != null;
    }

    /** What accounts are margined in. */
    String asset() {
        return asset == null ? "" : asset;
    }

    /** The markets whose instruments and prices are given, of this task alone or of all. */
    List<String> coins(boolean ownOnly) {
        MarketList known = markets;
        return known == null
                ? List.of()
                : known.listings().stream()
                        .filter(listing -> ownOnly ? isOwn(listing) : isWanted(listing))
                        .map(Listing::coin)
                        .toList();
    }

    /** Markets that were asked for and that the venue does not list. */
    List<String> missing() {
        List<String> listed = coins(false);
        return wanted.stream().filter(coin -> !listed.contains(coin)).toList();
    }

    /** Maximum leverage of each market now. */
    Map<String, BigDecimal> leverage() {
        Map<String, BigDecimal> byCoin = new HashMap<>();
        MarketList known = markets;
        if (known != null) {
            known.listings().forEach(listing -> byCoin.put(listing.coin(), listing.maxLeverage()));
        }
        return byCoin;
    }
}
