package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.deribit.DeribitConfig.MarginRate;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.util.List;

/**
 * A perpetual or future as {@code public/get_instruments} lists it.
 *
 * @param isInverse whether its face value is in the quote currency and it settles in coins
 * @param sizeDecimals decimals of the smallest amount: base units, where inverse quote units of face value
 */
public record Listing(
        String name,
        boolean isPerpetual,
        boolean isInverse,
        String base,
        String quote,
        String settle,
        int sizeDecimals,
        boolean isActive) {

    private static final int SETTLE_DECIMALS = 8;

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static Listing of(JsonNode instrument) {
        String name = name(instrument);
        // Its older name is future_type; for these kinds both say the same.
        String type = VenueJson.optionalText(instrument, "instrument_type");
        if (type == null) {
            type = VenueJson.text(instrument, "future_type");
        }
        if (!type.equals("reversed") && !type.equals("linear")) {
            throw VenueJson.wrong("instrument_type", instrument.get("instrument_type"), "reversed or linear");
        }
        BigDecimal smallest = VenueJson.decimal(instrument, "min_trade_amount");
        if (smallest.signum() <= 0) {
            throw VenueJson.wrong("min_trade_amount", instrument.get("min_trade_amount"), "more than 0");
        }
        String base = VenueJson.text(instrument, "base_currency");
        String settle = VenueJson.optionalText(instrument, "settlement_currency");
        return new Listing(
                name,
                "perpetual".equals(VenueJson.optionalText(instrument, "settlement_period")),
                type.equals("reversed"),
                base,
                VenueJson.text(instrument, "quote_currency"),
                settle == null ? base : settle,
                Math.max(0, smallest.stripTrailingZeros().scale()),
                VenueJson.isAbsent(instrument.get("is_active")) || VenueJson.flag(instrument, "is_active"));
    }

    /** An instrument's name, which is to be part of keys. */
    static String name(JsonNode instrument) {
        String name = VenueJson.text(instrument, "instrument_name");
        if (name.isEmpty() || name.indexOf(':') >= 0 || name.chars().anyMatch(Character::isWhitespace)) {
            throw VenueJson.wrong(
                    "instrument_name", instrument.get("instrument_name"), "a name without spaces and colons");
        }
        return name;
    }

    OpenInterestTerms openInterest() {
        return isInverse ? DeribitSourceConnector.INVERSE : DeribitSourceConnector.LINEAR;
    }

    private ContractKind kind() {
        if (isInverse) {
            return isPerpetual ? ContractKind.INVERSE_PERPETUAL : ContractKind.INVERSE_FUTURE;
        }
        return isPerpetual ? ContractKind.LINEAR_PERPETUAL : ContractKind.LINEAR_FUTURE;
    }

    /**
     * The instrument.
     *
     * @param rate its maintenance margin, which the feed does not say
     * @param day for which that is stated, ISO-8601
     */
    public Instrument instrument(String venue, MarginRate rate, String day) {
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(name)
                .setKind(kind())
                .setBaseAsset(base)
                .setQuoteAsset(quote)
                .setSettleAsset(settle)
                .setSizeDecimals(sizeDecimals)
                .setMarginTiers(List.of(new MarginTier(0.0, rate.rate(), null, null)))
                .setMarginTableDate(day)
                .setTriggerPrice(TriggerPrice.MARK)
                .setOpenInterestUnit(openInterest().unit())
                .setOpenInterestSides(openInterest().sides())
                .setMarginModel(MarginModel.DERIBIT)
                .setMaintenanceRatePerUnit(rate.perUnit())
                .setSettleDecimals(SETTLE_DECIMALS)
                .build();
    }
}
