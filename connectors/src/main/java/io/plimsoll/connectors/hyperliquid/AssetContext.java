package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A market's asset context. {@code premium}, {@code midPx} and {@code impactPxs}, which are null where the book is empty,
 * are not used.
 *
 * @param markPx quote units per base unit
 * @param oraclePx quote units per base unit
 * @param funding fraction of notional for one hour; positive: longs pay
 * @param openInterest base units, one side
 * @param dayBaseVolume base units traded within 24 hours; null: an older form of the message
 */
public record AssetContext(
        BigDecimal markPx,
        @Nullable BigDecimal oraclePx,
        @Nullable BigDecimal funding,
        @Nullable BigDecimal openInterest,
        @Nullable BigDecimal dayBaseVolume) {

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static AssetContext of(JsonNode context) {
        BigDecimal mark = VenueJson.decimal(context, "markPx");
        if (mark.signum() <= 0) {
            throw VenueJson.wrong("markPx", context.get("markPx"), "more than 0");
        }
        return new AssetContext(
                mark,
                VenueJson.optionalDecimal(context, "oraclePx"),
                VenueJson.optionalDecimal(context, "funding"),
                VenueJson.optionalDecimal(context, "openInterest"),
                VenueJson.optionalDecimal(context, "dayBaseVlm"));
    }

    /** All of it in one line, digits as the venue gave them: the same line, the same context. */
    String line() {
        return markPx + " " + oraclePx + " " + funding + " " + openInterest + " " + dayBaseVolume;
    }

    /** The market's price record. */
    public Price price(String venue, String coin) {
        return Price.newBuilder()
                .setVenue(venue)
                .setSymbol(coin)
                .setMarkPrice(markPx.doubleValue())
                .setIndexPrice(oraclePx == null || oraclePx.signum() <= 0 ? null : (Double) oraclePx.doubleValue())
                .setFundingRate(number(funding))
                .setFundingIntervalHours(funding == null ? null : 1.0)
                .setOpenInterest(number(openInterest))
                .setDayVolume(number(dayBaseVolume))
                .build();
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : (Double) value.doubleValue();
    }
}
