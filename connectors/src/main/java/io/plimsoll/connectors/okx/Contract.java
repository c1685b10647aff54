package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A market as the venue lists it. All its sizes are in contracts.
 *
 * @param underlying the index that it follows, such as BTC-USDT
 * @param family the markets that share its tiers
 * @param multiplier base units in one contract; of an inverse one quote units of face value
 * @param lotSize smallest step of sizes, contracts
 */
public record Contract(
        String symbol,
        String type,
        boolean isInverse,
        String underlying,
        String family,
        String settleAsset,
        BigDecimal multiplier,
        BigDecimal lotSize) {

    private static final int MOST_DECIMALS = 12;

    /**
     * @return null where it is not open for trade
     * @throws FeedFormatException if it is not as the venue documents it
     */
    public static @Nullable Contract of(JsonNode listed) {
        if (!VenueJson.text(listed, "state").equals("live")) {
            return null;
        }
        String symbol = VenueJson.text(listed, "instId");
        if (symbol.isBlank() || symbol.chars().anyMatch(c -> Character.isWhitespace(c) || c == ':')) {
            throw VenueJson.wrong("instId", listed.get("instId"), "a name without spaces and colons");
        }
        String underlying = VenueJson.text(listed, "uly");
        if (underlying.indexOf('-') <= 0 || underlying.endsWith("-")) {
            throw VenueJson.wrong("uly", listed.get("uly"), "base and quote with a dash between");
        }
        Contract contract = new Contract(
                symbol,
                VenueJson.text(listed, "instType"),
                isInverse(listed),
                underlying,
                VenueJson.text(listed, "instFamily"),
                VenueJson.text(listed, "settleCcy"),
                multiplier(listed),
                positive(listed, "lotSz"));
        String face = VenueJson.text(listed, "ctValCcy");
        String expected = contract.isInverse ? contract.quoteAsset() : contract.baseAsset();
        if (!face.equals(expected)) {
            throw VenueJson.wrong("ctValCcy", listed.get("ctValCcy"), expected + ", which its sizes are counted in");
        }
        if (contract.sizeDecimals() > MOST_DECIMALS) {
            throw VenueJson.wrong("lotSz", listed.get("lotSz"), "a step of at most 12 decimals in base units");
        }
        return contract;
    }

    private static boolean isInverse(JsonNode listed) {
        String type = VenueJson.text(listed, "ctType");
        if (!type.equals("inverse") && !type.equals("linear")) {
            throw VenueJson.wrong("ctType", listed.get("ctType"), "linear or inverse");
        }
        return type.equals("inverse");
    }

    private static BigDecimal multiplier(JsonNode listed) {
        return positive(listed, "ctVal").multiply(positive(listed, "ctMult")).stripTrailingZeros();
    }

    private static BigDecimal positive(JsonNode listed, String field) {
        BigDecimal value = VenueJson.decimal(listed, field);
        if (value.signum() <= 0) {
            throw VenueJson.wrong(field, listed.get(field), "more than 0");
        }
        return value;
    }

    public boolean isSwap() {
        return type.equals("SWAP");
    }

    String baseAsset() {
        return underlying.substring(0, underlying.indexOf('-'));
    }

    String quoteAsset() {
        return underlying.substring(underlying.indexOf('-') + 1);
    }

    int sizeDecimals() {
        return Math.max(0, lotSize.multiply(multiplier).stripTrailingZeros().scale());
    }

    private ContractKind kind() {
        if (isSwap()) {
            return isInverse ? ContractKind.INVERSE_PERPETUAL : ContractKind.LINEAR_PERPETUAL;
        }
        return isInverse ? ContractKind.INVERSE_FUTURE : ContractKind.LINEAR_FUTURE;
    }

    /**
     * The market's instrument.
     *
     * @param day on which the tiers were read, ISO-8601
     * @param feeRate what the venue adds to maintenance rates
     */
    public Instrument instrument(String venue, List<MarginTier> tiers, String day, double feeRate) {
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setKind(kind())
                .setBaseAsset(baseAsset())
                .setQuoteAsset(quoteAsset())
                .setSettleAsset(settleAsset)
                .setContractMultiplier(multiplier.doubleValue())
                .setSizeDecimals(sizeDecimals())
                .setMarginTiers(tiers)
                .setMarginTableDate(day)
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(OkxSourceConnector.OPEN_INTEREST.unit())
                .setOpenInterestSides(OkxSourceConnector.OPEN_INTEREST.sides())
                .setMarginModel(MarginModel.OKX)
                .setLiquidationFeeRate(feeRate)
                .build();
    }
}
