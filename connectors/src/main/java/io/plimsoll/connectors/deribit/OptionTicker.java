package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.OptionPrice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ticker} says of an option.
 *
 * @param timeMs the venue's, epoch milliseconds
 * @param record all of it, without what the listing says
 * @param line all of it in one line, digits as the venue gave them
 */
public record OptionTicker(String name, long timeMs, OptionPrice.Builder record, String line) {

    private static final int PERCENT_DIGITS = 2;
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static OptionTicker of(JsonNode data) {
        BigDecimal mark = VenueJson.decimal(data, "mark_price");
        if (mark.signum() < 0) {
            throw VenueJson.wrong("mark_price", data.get("mark_price"), "0 or more");
        }
        JsonNode greeks = part(data, "greeks");
        JsonNode stats = part(data, "stats");
        StringBuilder line = new StringBuilder(mark.toString());
        OptionPrice.Builder record = OptionPrice.newBuilder()
                .setMarkPrice(mark.doubleValue())
                .setIndexPrice(positive(data, "index_price", line))
                .setUnderlyingPrice(positive(data, "underlying_price", line))
                .setMarkVolatility(volatility(data, "mark_iv", false, line))
                .setBidVolatility(volatility(data, "bid_iv", true, line))
                .setAskVolatility(volatility(data, "ask_iv", true, line))
                .setDelta(number(greeks, "delta", line))
                .setGamma(number(greeks, "gamma", line))
                .setVega(number(greeks, "vega", line))
                .setTheta(number(greeks, "theta", line))
                .setRho(number(greeks, "rho", line))
                .setOpenInterest(number(data, "open_interest", line))
                .setDayVolume(number(stats, "volume", line));
        return new OptionTicker(
                VenueJson.text(data, "instrument_name"), VenueJson.whole(data, "timestamp"), record, line.toString());
    }

    /** Its record. */
    public OptionPrice price(String venue, OptionListing listing) {
        return OptionPrice.newBuilder(record)
                .setVenue(venue)
                .setSymbol(name)
                .setKind(listing.kind())
                .setBaseAsset(listing.base())
                .setSettleAsset(listing.settle())
                .setStrike(listing.strike().doubleValue())
                .setExpiryMs(listing.expiryMs())
                .build();
    }

    private static JsonNode part(JsonNode data, String name) {
        return VenueJson.isAbsent(data.get(name)) ? NOTHING : VenueJson.object(data, name);
    }

    private static @Nullable Double positive(JsonNode data, String name, StringBuilder line) {
        Double value = number(data, name, line);
        return value == null || value <= 0 ? null : value;
    }

    /** The venue says percent; 0 of a side of the book means that nobody is there. */
    private static @Nullable Double volatility(JsonNode data, String name, boolean zeroIsNone, StringBuilder line) {
        BigDecimal percent = VenueJson.optionalDecimal(data, name);
        line.append(' ').append(percent);
        return percent == null || (zeroIsNone && percent.signum() == 0)
                ? null
                : (Double) percent.movePointLeft(PERCENT_DIGITS).doubleValue();
    }

    private static @Nullable Double number(JsonNode data, String name, StringBuilder line) {
        BigDecimal value = VenueJson.optionalDecimal(data, name);
        line.append(' ').append(value);
        return value == null ? null : (Double) value.doubleValue();
    }
}
