package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ticker} says of an instrument.
 *
 * @param timeMs the venue's, epoch milliseconds
 * @param openInterest of inverse contracts US dollars, of linear ones base units; one side
 * @param funding of perpetuals as it stands, fraction for 8 hours; positive: longs pay
 * @param volume base units traded within 24 hours
 * @param volumeUsd US dollars traded within 24 hours
 */
public record Ticker(
        String name,
        long timeMs,
        BigDecimal mark,
        @Nullable BigDecimal index,
        @Nullable BigDecimal openInterest,
        @Nullable BigDecimal funding,
        @Nullable BigDecimal volume,
        @Nullable BigDecimal volumeUsd) {

    private static final double FUNDING_HOURS = 8;

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static Ticker of(JsonNode data) {
        BigDecimal mark = VenueJson.decimal(data, "mark_price");
        if (mark.signum() <= 0) {
            throw VenueJson.wrong("mark_price", data.get("mark_price"), "more than 0");
        }
        BigDecimal index = VenueJson.optionalDecimal(data, "index_price");
        JsonNode stats = VenueJson.isAbsent(data.get("stats"))
                ? com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
                : VenueJson.object(data, "stats");
        return new Ticker(
                VenueJson.text(data, "instrument_name"),
                VenueJson.whole(data, "timestamp"),
                mark,
                index == null || index.signum() <= 0 ? null : index,
                VenueJson.optionalDecimal(data, "open_interest"),
                VenueJson.optionalDecimal(data, "current_funding"),
                VenueJson.optionalDecimal(stats, "volume"),
                VenueJson.optionalDecimal(stats, "volume_usd"));
    }

    /** All that its price says, in one line, digits as the venue gave them. */
    String line() {
        return mark + " " + index + " " + openInterest + " " + funding + " " + volume + " " + volumeUsd;
    }

    /** Its price record; volume is in the unit of open interest. */
    public Price price(String venue, boolean isInverse) {
        return Price.newBuilder()
                .setVenue(venue)
                .setSymbol(name)
                .setMarkPrice(mark.doubleValue())
                .setIndexPrice(number(index))
                .setFundingRate(number(funding))
                .setFundingIntervalHours(funding == null ? null : (Double) FUNDING_HOURS)
                .setOpenInterest(number(openInterest))
                .setDayVolume(number(isInverse ? volumeUsd : volume))
                .build();
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : (Double) value.doubleValue();
    }
}
