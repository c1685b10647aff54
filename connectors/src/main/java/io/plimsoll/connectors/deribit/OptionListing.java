package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.OptionKind;
import java.math.BigDecimal;

/**
 * An option as {@code public/get_instruments} lists it.
 *
 * @param base currency that it is on
 * @param settle currency that it is quoted and paid in
 * @param strike US dollars per base unit; where it settles in a stablecoin, units of that
 * @param expiryMs epoch milliseconds
 */
public record OptionListing(
        String name, OptionKind kind, String base, String settle, BigDecimal strike, long expiryMs, boolean isActive) {

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static OptionListing of(JsonNode instrument) {
        BigDecimal strike = VenueJson.decimal(instrument, "strike");
        if (strike.signum() <= 0) {
            throw VenueJson.wrong("strike", instrument.get("strike"), "more than 0");
        }
        String base = VenueJson.text(instrument, "base_currency");
        String settle = VenueJson.optionalText(instrument, "settlement_currency");
        return new OptionListing(
                Listing.name(instrument),
                switch (VenueJson.text(instrument, "option_type")) {
                    case "call" -> OptionKind.CALL;
                    case "put" -> OptionKind.PUT;
                    default -> throw VenueJson.wrong("option_type", instrument.get("option_type"), "call or put");
                },
                base,
                settle == null ? base : settle,
                strike,
                VenueJson.whole(instrument, "expiration_timestamp"),
                VenueJson.isAbsent(instrument.get("is_active")) || VenueJson.flag(instrument, "is_active"));
    }
}
