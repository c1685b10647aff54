package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A {@code markPriceUpdate}.
 *
 * @param timeMs the venue's time, epoch milliseconds
 * @param mark quote units per base unit
 * @param index quote units per base unit; null: not in the message, as on COIN-M
 * @param funding fraction of notional for the interval that is running; positive: longs pay; null: a future without funding
 * @param nextFundingMs when it is paid, epoch milliseconds; 0: never
 */
public record MarkPrice(
        String symbol,
        long timeMs,
        BigDecimal mark,
        @Nullable BigDecimal index,
        @Nullable BigDecimal funding,
        long nextFundingMs) {

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static MarkPrice of(JsonNode message) {
        BigDecimal funding = Fields.number(message, "r");
        long next = VenueJson.isAbsent(message.get("T")) ? 0 : VenueJson.whole(message, "T");
        return new MarkPrice(
                VenueJson.text(message, "s"),
                VenueJson.whole(message, "E"),
                Fields.positive(message, "p"),
                Fields.positiveOrNone(message, "i"),
                next == 0 ? null : funding,
                next);
    }

    /**
     * The market's price record.
     *
     * @param known what is known of the market beside its mark
     */
    public Price price(String venue, Known known) {
        BigDecimal shownIndex = index == null ? known.index() : index;
        Double hours = known.fundingHours();
        boolean isFunded = funding != null && hours != null;
        return Price.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setMarkPrice(mark.doubleValue())
                .setIndexPrice(Fields.asDouble(shownIndex))
                .setFundingRate(isFunded ? Fields.asDouble(funding) : null)
                .setFundingIntervalHours(isFunded ? hours : null)
                .setOpenInterest(Fields.asDouble(known.openInterest()))
                .setDayVolume(Fields.asDouble(known.dayVolume()))
                .setQuotePriceUsd(known.quoteUsd())
                .build();
    }

    /**
     * What other messages and answers say of a market.
     *
     * @param index quote units per base unit
     * @param fundingHours that a funding rate covers
     * @param openInterest base units, on COIN-M contracts; one side
     * @param dayVolume in the unit of open interest, 24 hours
     * @param quoteUsd US dollars per unit of the quote asset
     */
    public record Known(
            @Nullable BigDecimal index,
            @Nullable Double fundingHours,
            @Nullable BigDecimal openInterest,
            @Nullable BigDecimal dayVolume,
            double quoteUsd) {}
}
