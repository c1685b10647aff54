package io.plimsoll.connectors.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.BookDepth.Side;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A book of which the venue sends the best so many prices a side. A price that falls out of that window may be left without a
 * word, and is said again when it comes back; so no more is kept. A side with fewer prices than that is whole.
 */
public final class WindowBook {

    private final LevelBook book = new LevelBook();
    private final int window;
    private final BigDecimal multiplier;

    /**
     * @param window prices a side
     * @param multiplier base units (of inverse contracts quote units of face value) in one unit of the venue's quantities
     */
    public WindowBook(int window, BigDecimal multiplier) {
        this.window = window;
        this.multiplier = multiplier;
    }

    public void clear() {
        book.clear();
    }

    /**
     * Takes one side of a message: what stands at the prices of a list of price and quantity, and whatever the venue adds to them.
     *
     * @throws FeedFormatException if it is no such list
     */
    public void set(BookSide side, JsonNode levels, String field) {
        for (JsonNode level : levels) {
            if (!level.isArray() || level.size() < 2) {
                throw VenueJson.wrong(field, level, "pairs of price and quantity");
            }
            BigDecimal quantity = VenueJson.decimalOf(level.get(1), field);
            book.set(side, VenueJson.decimalOf(level.get(0), field), quantity.multiply(multiplier));
        }
        book.keep(side, window);
    }

    /** Whether the best bid is not below the best ask: something was missed. */
    public boolean isCrossed() {
        return book.isCrossed();
    }

    /** The market's depth record; null where there is nothing to be said. */
    public @Nullable Depth depth(String venue, String symbol, List<Double> distances) {
        BigDecimal mid = book.mid();
        if (mid == null || book.isCrossed()) {
            return null;
        }
        List<DepthLevel> levels = BookDepth.of(shown(BookSide.BID), shown(BookSide.ASK), mid, distances, true);
        return levels.isEmpty() ? null : new Depth(venue, symbol, mid.doubleValue(), levels);
    }

    private Side shown(BookSide side) {
        List<Level> levels = book.side(side).levels();
        return new Side(levels, levels.size() < window);
    }
}
