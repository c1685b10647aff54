package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A market's price, put together from the channels that say parts of it. Each message is whole; of each channel the newest
 * counts.
 */
public final class Quote {

    private static final double MS_PER_HOUR = 3_600_000;

    private @Nullable BigDecimal mark;
    private @Nullable BigDecimal index;
    private @Nullable BigDecimal funding;
    private @Nullable Double fundingHours;
    private @Nullable BigDecimal openInterest;
    private @Nullable BigDecimal dayVolume;

    private long markMs;
    private long indexMs;
    private long fundingMs;
    private long openInterestMs;
    private long volumeMs;

    /** Takes an item of mark-price; gives whether it is newer than, or as new as, what was known. */
    public boolean mark(JsonNode item) {
        BigDecimal price = positive(item, "markPx");
        long timeMs = VenueJson.wholeText(item, "ts");
        if (timeMs < markMs) {
            return false;
        }
        mark = price;
        markMs = timeMs;
        return true;
    }

    /** Takes an item of index-tickers of the market's underlying. */
    public boolean index(JsonNode item) {
        BigDecimal price = positive(item, "idxPx");
        long timeMs = VenueJson.wholeText(item, "ts");
        if (timeMs < indexMs) {
            return false;
        }
        index = price;
        indexMs = timeMs;
        return true;
    }

    /**
     * Takes an item of funding-rate. The rate is that of the period that ends at fundingTime; how long it is, the times of the
     * one after or before tell.
     */
    public boolean funding(JsonNode item) {
        BigDecimal rate = VenueJson.filledDecimal(item, "fundingRate");
        BigDecimal end = VenueJson.filledDecimal(item, "fundingTime");
        BigDecimal next = VenueJson.filledDecimal(item, "nextFundingTime");
        BigDecimal previous = VenueJson.filledDecimal(item, "prevFundingTime");
        // The moment of the message is not always given: then it is as new as what is known.
        BigDecimal said = VenueJson.filledDecimal(item, "ts");
        long timeMs = said == null ? fundingMs : said.longValue();
        if (timeMs < fundingMs) {
            return false;
        }
        Double hours = hours(end, next);
        fundingHours = hours == null ? hours(previous, end) : hours;
        funding = rate;
        fundingMs = timeMs;
        return true;
    }

    /** Takes an item of open-interest: contracts. */
    public boolean openInterest(JsonNode item) {
        BigDecimal contracts = VenueJson.decimal(item, "oi");
        long timeMs = VenueJson.wholeText(item, "ts");
        if (contracts.signum() < 0) {
            throw VenueJson.wrong("oi", item.get("oi"), "0 or more");
        }
        if (timeMs < openInterestMs) {
            return false;
        }
        openInterest = contracts;
        openInterestMs = timeMs;
        return true;
    }

    /** Takes an item of tickers: contracts traded within 24 hours. */
    public boolean ticker(JsonNode item) {
        BigDecimal contracts = VenueJson.filledDecimal(item, "vol24h");
        long timeMs = VenueJson.wholeText(item, "ts");
        if (timeMs < volumeMs) {
            return false;
        }
        dayVolume = contracts;
        volumeMs = timeMs;
        return true;
    }

    /** The mark, quote units per base unit; null: not known yet. */
    public @Nullable BigDecimal mark() {
        return mark;
    }

    /** Whether all parts have come, that of funding where there is one. */
    public boolean isWhole(boolean hasFunding) {
        return markMs > 0 && indexMs > 0 && openInterestMs > 0 && volumeMs > 0 && (!hasFunding || funding != null);
    }

    /** The venue's time of the newest part, epoch milliseconds. */
    public long timeMs() {
        return Math.max(Math.max(markMs, indexMs), Math.max(fundingMs, Math.max(openInterestMs, volumeMs)));
    }

    /** Whether there is a rate of which it is not known how many hours it is for: it cannot be given then. */
    public boolean lacksFundingHours() {
        return funding != null && fundingHours == null;
    }

    /** The market's price record; null while its mark is not known. */
    public @Nullable Price price(String venue, String symbol) {
        BigDecimal price = mark;
        if (price == null) {
            return null;
        }
        return Price.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setMarkPrice(price.doubleValue())
                .setIndexPrice(number(index))
                .setFundingRate(fundingHours == null ? null : number(funding))
                .setFundingIntervalHours(funding == null ? null : fundingHours)
                .setOpenInterest(number(openInterest))
                .setDayVolume(number(dayVolume))
                .build();
    }

    private static @Nullable Double hours(@Nullable BigDecimal fromMs, @Nullable BigDecimal toMs) {
        if (fromMs == null || toMs == null || fromMs.signum() <= 0 || toMs.compareTo(fromMs) <= 0) {
            return null;
        }
        return toMs.subtract(fromMs).doubleValue() / MS_PER_HOUR;
    }

    private static BigDecimal positive(JsonNode item, String field) {
        BigDecimal price = VenueJson.decimal(item, field);
        if (price.signum() <= 0) {
            throw VenueJson.wrong(field, item.get(field), "more than 0");
        }
        return price;
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : (Double) value.doubleValue();
    }
}
