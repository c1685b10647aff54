package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A market's prices, kept up from snapshots and changes. In a change a field that is missing has not changed; an empty one
 * says that there is none. Of each field the newest counts, so that a change that comes late, or is said twice, does no harm.
 */
public final class Ticker {

    private static final double MINUTES_PER_HOUR = 60;

    private enum Field {
        MARK("markPrice"),
        INDEX("indexPrice"),
        FUNDING("fundingRate"),
        FUNDING_HOURS("fundingIntervalHour"),
        OPEN_INTEREST("openInterest"),
        DAY_VOLUME("volume24h");

        private static final Field[] ALL = values();

        private final String word;

        Field(String word) {
            this.word = word;
        }
    }

    private final @Nullable BigDecimal[] values = new BigDecimal[Field.ALL.length];
    private final long[] timesMs = new long[Field.ALL.length];
    private long timeMs;
    private boolean hasBegun;

    public Ticker() {
        Arrays.fill(timesMs, Long.MIN_VALUE);
    }

    /**
     * Takes a message.
     *
     * @param isWhole whether a field that is missing is one that the market does not have
     * @param atMs the venue's time of it, epoch milliseconds
     * @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it; nothing is taken then
     */
    public void take(JsonNode data, boolean isWhole, long atMs) {
        @Nullable BigDecimal[] read = new BigDecimal[Field.ALL.length];
        for (Field field : Field.ALL) {
            read[field.ordinal()] = VenueJson.filledDecimal(data, field.word);
        }
        BigDecimal mark = read[Field.MARK.ordinal()];
        if (mark != null && mark.signum() <= 0) {
            throw VenueJson.wrong(Field.MARK.word, data.get(Field.MARK.word), "more than 0");
        }
        for (Field field : Field.ALL) {
            int i = field.ordinal();
            if (atMs >= timesMs[i] && (isWhole || data.has(field.word))) {
                values[i] = read[i];
                timesMs[i] = atMs;
            }
        }
        timeMs = Math.max(timeMs, atMs);
        hasBegun |= isWhole || (mark != null && data.has(Field.INDEX.word) && data.has(Field.OPEN_INTEREST.word));
    }

    /** The venue's time of the newest message, epoch milliseconds; 0: none has come. */
    public long timeMs() {
        return timeMs;
    }

    /** The market's price record; null until a message has come that says more than what has changed. */
    public @Nullable Price price(String venue, Listing listing) {
        BigDecimal mark = value(Field.MARK);
        if (mark == null || !hasBegun) {
            return null;
        }
        Double hours = fundingHours(listing);
        Double funding = number(value(Field.FUNDING));
        BigDecimal index = value(Field.INDEX);
        return Price.newBuilder()
                .setVenue(venue)
                .setSymbol(listing.symbol())
                .setMarkPrice(mark.doubleValue())
                .setIndexPrice(index == null || index.signum() <= 0 ? null : number(index))
                .setFundingRate(hours == null ? null : funding)
                .setFundingIntervalHours(funding == null ? null : hours)
                .setOpenInterest(number(value(Field.OPEN_INTEREST)))
                .setDayVolume(number(value(Field.DAY_VOLUME)))
                .build();
    }

    /** As the ticker says, else as the list of markets does. */
    private @Nullable Double fundingHours(Listing listing) {
        BigDecimal hours = value(Field.FUNDING_HOURS);
        if (hours != null && hours.signum() > 0) {
            return hours.doubleValue();
        }
        BigDecimal minutes = listing.fundingMinutes();
        return minutes == null ? null : (Double) (minutes.doubleValue() / MINUTES_PER_HOUR);
    }

    private @Nullable BigDecimal value(Field field) {
        return values[field.ordinal()];
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : (Double) value.doubleValue();
    }
}
