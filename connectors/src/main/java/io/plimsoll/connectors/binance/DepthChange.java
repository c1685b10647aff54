package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.LevelBook;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code depthUpdate}: what stands now at the prices that have changed. Update ids rise; an event follows on where the one
 * before ended.
 *
 * @param timeMs the venue's time, epoch milliseconds
 * @param lastId of the updates in it
 * @param previousId last one of the event before
 */
public record DepthChange(
        String symbol, long timeMs, long lastId, long previousId, List<Level> bids, List<Level> asks) {

    /** @throws FeedFormatException if it is not as the venue documents it */
    public static DepthChange of(JsonNode message) {
        long first = VenueJson.whole(message, "U");
        long last = VenueJson.whole(message, "u");
        if (first > last) {
            throw VenueJson.wrong("U", message.get("U"), "at most u, " + last);
        }
        return new DepthChange(
                VenueJson.text(message, "s"),
                VenueJson.whole(message, "E"),
                last,
                VenueJson.whole(message, "pu"),
                levels(VenueJson.list(message, "b")),
                levels(VenueJson.list(message, "a")));
    }

    /** Levels, each a pair of price and quantity. */
    static List<Level> levels(JsonNode list) {
        List<Level> levels = new ArrayList<>(list.size());
        for (JsonNode level : list) {
            if (!level.isArray() || level.size() < 2) {
                throw VenueJson.wrong("level", level, "a pair of price and quantity");
            }
            BigDecimal price = VenueJson.decimalOf(level.get(0), "price");
            BigDecimal quantity = VenueJson.decimalOf(level.get(1), "quantity");
            if (price.signum() <= 0 || quantity.signum() < 0) {
                throw VenueJson.wrong("level", level, "a price above 0 and a quantity of 0 or more");
            }
            levels.add(new Level(price, quantity));
        }
        return levels;
    }

    /** Makes the change. */
    public void applyTo(LevelBook book, BigDecimal unit) {
        set(book, BookSide.BID, bids, unit);
        set(book, BookSide.ASK, asks, unit);
    }

    static void set(LevelBook book, BookSide side, List<Level> levels, BigDecimal unit) {
        for (Level level : levels) {
            book.set(side, level.price(), level.quantity().multiply(unit));
        }
    }
}
