package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.BookDepth;
import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.BookDepth.Side;
import io.plimsoll.connectors.feed.VenueJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code l2Book}: each message is a whole book, of at most 20 prices a side.
 *
 * @param timeMs the venue's time, epoch milliseconds
 */
public record Book(String coin, long timeMs, Side bids, Side asks) {

    private static final int MOST_LEVELS = 20;

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static Book of(JsonNode book) {
        JsonNode levels = VenueJson.list(book, "levels");
        if (levels.size() != 2) {
            throw VenueJson.wrong("levels", levels, "bids and asks");
        }
        return new Book(
                VenueJson.text(book, "coin"), VenueJson.whole(book, "time"), side(levels.get(0)), side(levels.get(1)));
    }

    private static Side side(JsonNode list) {
        List<Level> levels = new ArrayList<>(list.size());
        for (JsonNode level : list) {
            levels.add(level(level));
        }
        return new Side(levels, levels.size() < MOST_LEVELS);
    }

    static Level level(JsonNode level) {
        BigDecimal price = VenueJson.decimal(level, "px");
        BigDecimal size = VenueJson.decimal(level, "sz");
        if (price.signum() <= 0 || size.signum() < 0) {
            throw VenueJson.wrong("level", level, "px above 0 and sz of 0 or more");
        }
        return new Level(price, size);
    }

    /** Middle of its best prices; null where a side is empty. */
    public @Nullable BigDecimal mid() {
        return bids.levels().isEmpty() || asks.levels().isEmpty()
                ? null
                : BookDepth.mid(
                        bids.levels().get(0).price(), asks.levels().get(0).price());
    }
}
