package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One market of {@code exchangeInfo}.
 *
 * @param pair what it is a contract on: several may be on one pair
 * @param contractSize face of a contract in quote units, where inverse; else 1
 * @param sizeDecimals decimals of the smallest size, in base units, where inverse in face value
 */
public record Listing(
        String symbol,
        String pair,
        boolean isPerpetual,
        boolean isTrading,
        String baseAsset,
        String quoteAsset,
        String marginAsset,
        BigDecimal contractSize,
        int sizeDecimals) {

    private static final int MOST_DECIMALS = 12;

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static Listing of(Product product, JsonNode market) {
        String symbol = VenueJson.text(market, "symbol");
        if (symbol.isEmpty() || symbol.chars().anyMatch(Character::isWhitespace)) {
            throw VenueJson.wrong("symbol", market.get("symbol"), "a name without spaces");
        }
        // The two products name the same thing differently; so do markets of shares, whose perpetuals have a prefix.
        String status = VenueJson.text(market, product.isInverse() ? "contractStatus" : "status");
        BigDecimal size = product.isInverse() ? Fields.positive(market, "contractSize") : BigDecimal.ONE;
        return new Listing(
                symbol,
                VenueJson.text(market, "pair"),
                VenueJson.text(market, "contractType").endsWith("PERPETUAL"),
                status.equals("TRADING"),
                VenueJson.text(market, "baseAsset"),
                VenueJson.text(market, "quoteAsset"),
                VenueJson.text(market, "marginAsset"),
                size,
                product.isInverse() ? decimals(size) : lotDecimals(market));
    }

    private static int lotDecimals(JsonNode market) {
        for (JsonNode filter : market.path("filters")) {
            if (filter.path("filterType").asText().equals("LOT_SIZE")) {
                return decimals(Fields.positive(filter, "stepSize"));
            }
        }
        return decimals(BigDecimal.ONE.movePointLeft((int) VenueJson.whole(market, "quantityPrecision")));
    }

    private static int decimals(BigDecimal step) {
        return Math.min(MOST_DECIMALS, Math.max(0, step.stripTrailingZeros().scale()));
    }

    /**
     * The market's instrument record.
     *
     * @param tiers empty: not known
     * @param tiersDate day of which they are, ISO-8601; null: not known
     */
    public Instrument instrument(Product product, String venue, List<MarginTier> tiers, @Nullable String tiersDate) {
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setKind(kind(product))
                .setBaseAsset(baseAsset)
                .setQuoteAsset(quoteAsset)
                .setSettleAsset(marginAsset)
                .setContractMultiplier(contractSize.doubleValue())
                .setSizeDecimals(sizeDecimals)
                .setMarginTiers(tiers)
                .setMarginTableDate(tiers.isEmpty() ? null : tiersDate)
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(product.openInterest.unit())
                .setOpenInterestSides(product.openInterest.sides())
                .setMarginModel(product.model)
                .build();
    }

    private ContractKind kind(Product product) {
        if (product.isInverse()) {
            return isPerpetual ? ContractKind.INVERSE_PERPETUAL : ContractKind.INVERSE_FUTURE;
        }
        return isPerpetual ? ContractKind.LINEAR_PERPETUAL : ContractKind.LINEAR_FUTURE;
    }
}
