package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.LevelBook;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import java.math.BigDecimal;

/**
 * A market's book. The indexer hears of orders before the chain has settled them, so its books may be crossed for moments:
 * what came later is taken for right, and of what came at once the larger order.
 */
public final class OrderBook {

    /** A side of a whole book has at most so many prices. */
    private static final int MOST_LEVELS = 100;

    private final LevelBook book = new LevelBook();
    private boolean hasChanged;

    /** Takes a whole book: objects with price and size. */
    public void snapshot(JsonNode contents) {
        book.clear();
        side(BookSide.BID, VenueJson.list(contents, "bids"));
        side(BookSide.ASK, VenueJson.list(contents, "asks"));
        uncross();
        hasChanged = true;
    }

    private void side(BookSide side, JsonNode levels) {
        BigDecimal last = null;
        for (JsonNode level : levels) {
            last = VenueJson.decimal(level, "price");
            book.set(side, last, VenueJson.decimal(level, "size"));
        }
        if (last == null || levels.size() < MOST_LEVELS) {
            book.known(side);
        } else {
            book.knownTo(side, last);
        }
    }

    /** Takes what has changed: pairs of a price and what stands there now. */
    public void change(JsonNode contents) {
        changes(contents, "bids", BookSide.BID);
        changes(contents, "asks", BookSide.ASK);
        hasChanged = true;
    }

    private void changes(JsonNode contents, String field, BookSide side) {
        if (VenueJson.isAbsent(contents.get(field))) {
            return;
        }
        for (JsonNode pair : VenueJson.list(contents, field)) {
            if (pair.size() < 2) {
                throw VenueJson.wrong(field, pair, "pairs of a price and a size");
            }
            BigDecimal price = VenueJson.decimalOf(pair.get(0), field);
            BigDecimal size = VenueJson.decimalOf(pair.get(1), field);
            book.set(side, price, size);
            if (size.signum() > 0) {
                clearAgainst(side, price);
            }
        }
    }

    private void clearAgainst(BookSide side, BigDecimal price) {
        BookSide other = side == BookSide.BID ? BookSide.ASK : BookSide.BID;
        BigDecimal best = best(other);
        while (best != null && (side == BookSide.BID ? best.compareTo(price) <= 0 : best.compareTo(price) >= 0)) {
            book.set(other, best, BigDecimal.ZERO);
            best = best(other);
        }
    }

    private void uncross() {
        BigDecimal bid = book.bestBid();
        BigDecimal ask = book.bestAsk();
        while (bid != null && ask != null && bid.compareTo(ask) >= 0) {
            boolean isBidSmaller = book.quantity(BookSide.BID, bid).compareTo(book.quantity(BookSide.ASK, ask)) < 0;
            book.set(isBidSmaller ? BookSide.BID : BookSide.ASK, isBidSmaller ? bid : ask, BigDecimal.ZERO);
            bid = book.bestBid();
            ask = book.bestAsk();
        }
    }

    private @org.jspecify.annotations.Nullable BigDecimal best(BookSide side) {
        return side == BookSide.BID ? book.bestBid() : book.bestAsk();
    }

    /** Whether it has changed since it was last looked at. */
    boolean hasChanged() {
        return hasChanged;
    }

    /** The book as it stands. */
    public LevelBook shown() {
        hasChanged = false;
        return book;
    }
}
