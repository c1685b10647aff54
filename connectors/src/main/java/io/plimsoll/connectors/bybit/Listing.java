package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A market as the venue lists it.
 *
 * @param qtyStep smallest step of sizes: base units where linear, dollars where inverse
 * @param fundingMinutes between two fundings; null: there is none, or it is not said
 */
public record Listing(
        String symbol,
        ContractKind kind,
        String baseCoin,
        String quoteCoin,
        String settleCoin,
        BigDecimal qtyStep,
        @Nullable BigDecimal fundingMinutes) {

    private static final int MOST_DECIMALS = 12;

    /**
     * @return null where it is not open for trade, or of a kind that the contract has no word for
     * @throws FeedFormatException if it is not as the venue documents it
     */
    public static @Nullable Listing of(JsonNode listed) {
        ContractKind kind = switch (VenueJson.text(listed, "contractType")) {
            case "LinearPerpetual" -> ContractKind.LINEAR_PERPETUAL;
            case "LinearFutures" -> ContractKind.LINEAR_FUTURE;
            case "InversePerpetual" -> ContractKind.INVERSE_PERPETUAL;
            case "InverseFutures" -> ContractKind.INVERSE_FUTURE;
            default -> null;
        };
        if (kind == null || !VenueJson.text(listed, "status").equals("Trading")) {
            return null;
        }
        String symbol = VenueJson.text(listed, "symbol");
        if (symbol.isBlank() || symbol.chars().anyMatch(c -> Character.isWhitespace(c) || c == ':')) {
            throw VenueJson.wrong("symbol", listed.get("symbol"), "a name without spaces and colons");
        }
        BigDecimal step = VenueJson.decimal(VenueJson.object(listed, "lotSizeFilter"), "qtyStep");
        if (step.signum() <= 0 || decimals(step) > MOST_DECIMALS) {
            throw VenueJson.wrong("qtyStep", listed.get("lotSizeFilter"), "more than 0, of at most 12 decimals");
        }
        BigDecimal minutes = VenueJson.filledDecimal(listed, "fundingInterval");
        return new Listing(
                symbol,
                kind,
                VenueJson.text(listed, "baseCoin"),
                VenueJson.text(listed, "quoteCoin"),
                VenueJson.text(listed, "settleCoin"),
                step,
                minutes == null || minutes.signum() <= 0 ? null : minutes);
    }

    /** Whether sizes are in dollars, and profit in coins. */
    public boolean isInverse() {
        return kind == ContractKind.INVERSE_PERPETUAL || kind == ContractKind.INVERSE_FUTURE;
    }

    /**
     * The market's instrument.
     *
     * @param day on which the tiers were read, ISO-8601
     */
    public Instrument instrument(String venue, RiskLimit limit, String day) {
        Category category = isInverse() ? Category.INVERSE : Category.LINEAR;
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setKind(kind)
                .setBaseAsset(baseCoin)
                .setQuoteAsset(quoteCoin)
                .setSettleAsset(settleCoin)
                .setSizeDecimals(decimals(qtyStep))
                .setMarginTiers(limit.marginTiers())
                .setMarginTableDate(day)
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(category.openInterest().unit())
                .setOpenInterestSides(category.openInterest().sides())
                .setMarginModel(MarginModel.BYBIT)
                .build();
    }

    private static int decimals(BigDecimal step) {
        return Math.max(0, step.stripTrailingZeros().scale());
    }
}
