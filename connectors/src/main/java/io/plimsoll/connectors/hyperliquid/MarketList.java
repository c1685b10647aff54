package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The venue's {@code meta}: its markets in its own order, which is that of the asset contexts beside it.
 *
 * @param collateralToken index of the token that margins them; 0 is USDC
 */
public record MarketList(List<Listing> listings, long collateralToken) {

    /** Ids of margin tables below this are no ids: they are the maximum leverage of a single tier. */
    private static final long FIRST_TABLE = 50;

    /**
     * One market.
     *
     * @param sizeDecimals decimals of sizes in base units
     * @param maxLeverage of the first tier, for positions opened now
     * @param tiers by rising lower bound, the first at 0
     */
    public record Listing(
            String coin, int sizeDecimals, BigDecimal maxLeverage, List<Tier> tiers, boolean isDelisted) {}

    /**
     * A tier of a margin table.
     *
     * @param lowerBound notional from which on it holds, quote units
     */
    public record Tier(BigDecimal lowerBound, BigDecimal maxLeverage) {}

    /** @throws FeedFormatException if it is not as the venue documents it */
    public static MarketList of(JsonNode meta) {
        Map<Long, List<Tier>> tables = tables(meta.get("marginTables"));
        List<Listing> listings = new ArrayList<>();
        for (JsonNode asset : VenueJson.list(meta, "universe")) {
            listings.add(listing(asset, tables));
        }
        JsonNode token = meta.get("collateralToken");
        return new MarketList(listings, VenueJson.isAbsent(token) ? 0 : VenueJson.whole(meta, "collateralToken"));
    }

    private static Listing listing(JsonNode asset, Map<Long, List<Tier>> tables) {
        String coin = VenueJson.text(asset, "name");
        if (coin.isEmpty() || coin.chars().anyMatch(Character::isWhitespace)) {
            throw VenueJson.wrong("universe.name", asset.get("name"), "a name without spaces");
        }
        long decimals = VenueJson.whole(asset, "szDecimals");
        if (decimals < 0 || decimals > 12) {
            throw VenueJson.wrong("universe.szDecimals", asset.get("szDecimals"), "0 to 12");
        }
        BigDecimal maxLeverage = VenueJson.decimal(asset, "maxLeverage");
        List<Tier> tiers = null;
        if (!VenueJson.isAbsent(asset.get("marginTableId"))) {
            long id = VenueJson.whole(asset, "marginTableId");
            tiers = id < FIRST_TABLE ? List.of(new Tier(BigDecimal.ZERO, BigDecimal.valueOf(id))) : tables.get(id);
            if (tiers == null) {
                throw new FeedFormatException(coin + " has margin table " + id + ", which is not among marginTables");
            }
        }
        // Without a table, as in trimmed answers, the market's own maximum leverage is its only tier.
        return new Listing(
                coin,
                (int) decimals,
                leverage(maxLeverage, asset),
                tiers == null ? List.of(new Tier(BigDecimal.ZERO, maxLeverage)) : tiers,
                VenueJson.flag(asset, "isDelisted"));
    }

    private static Map<Long, List<Tier>> tables(@Nullable JsonNode list) {
        Map<Long, List<Tier>> tables = new HashMap<>();
        if (list == null || VenueJson.isAbsent(list)) {
            return tables;
        }
        for (JsonNode entry : list) {
            if (entry.size() != 2 || !entry.get(0).isIntegralNumber()) {
                throw VenueJson.wrong("marginTables", entry, "pairs of an id and a table");
            }
            List<Tier> tiers = new ArrayList<>();
            for (JsonNode tier : VenueJson.list(entry.get(1), "marginTiers")) {
                tiers.add(new Tier(
                        VenueJson.decimal(tier, "lowerBound"), leverage(VenueJson.decimal(tier, "maxLeverage"), tier)));
            }
            tables.put(entry.get(0).longValue(), List.copyOf(tiers));
        }
        return tables;
    }

    private static BigDecimal leverage(BigDecimal leverage, JsonNode from) {
        if (leverage.compareTo(BigDecimal.ONE) < 0) {
            throw VenueJson.wrong("maxLeverage", from.get("maxLeverage"), "1 or more");
        }
        return leverage;
    }

    /**
     * The market's instrument. A tier's maintenance rate is half of what its maximum leverage asks for at first.
     *
     * @param settleAsset name of the token that margins it
     * @param day on which the table was read, ISO-8601
     */
    public static Instrument instrument(String venue, Listing listing, String settleAsset, String day) {
        List<MarginTier> tiers = new ArrayList<>();
        for (Tier tier : listing.tiers()) {
            double maxLeverage = tier.maxLeverage().doubleValue();
            tiers.add(new MarginTier(tier.lowerBound().doubleValue(), 0.5 / maxLeverage, null, maxLeverage));
        }
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(listing.coin())
                .setKind(ContractKind.LINEAR_PERPETUAL)
                .setBaseAsset(baseAsset(listing.coin()))
                .setQuoteAsset(settleAsset)
                .setSettleAsset(settleAsset)
                .setSizeDecimals(listing.sizeDecimals())
                .setMarginTiers(tiers)
                .setMarginTableDate(day)
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(HyperliquidSourceConnector.OPEN_INTEREST.unit())
                .setOpenInterestSides(HyperliquidSourceConnector.OPEN_INTEREST.sides())
                .setMarginModel(MarginModel.HYPERLIQUID)
                .build();
    }

    /** Markets of dexes that others deploy are named dex:asset. */
    private static String baseAsset(String coin) {
        return coin.substring(coin.indexOf(':') + 1);
    }
}
