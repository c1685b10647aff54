package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WindowBook;
import io.plimsoll.schemas.avro.Depth;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market's book, kept up from a snapshot and the changes after it, which the venue numbers one after the other. */
public final class Book {

    /** What a message does to the book. */
    public enum Taken {
        /** The book is as of the message. */
        DONE,
        /** It is older than, or the same as, what is known. */
        OLD,
        /** Something before it was missed: the book is not known until a snapshot comes. */
        GAP
    }

    /** The number that the venue begins with again after a restart of its own; such a message is whole. */
    private static final long FIRST = 1;

    private final WindowBook book;

    private boolean isKnown;
    private boolean hasChanged;
    private long update;
    private long timeMs;

    /** @param levels prices a side that the venue sends */
    public Book(int levels) {
        this.book = new WindowBook(levels, BigDecimal.ONE);
    }

    /**
     * Takes a message.
     *
     * @param isSnapshot whether it is whole
     * @param atMs the venue's time of it, epoch milliseconds
     * @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it; the book is not known
     *     then until a snapshot comes
     */
    public Taken take(JsonNode data, boolean isSnapshot, long atMs) {
        boolean wasKnown = isKnown;
        isKnown = false;
        long number = VenueJson.whole(data, "u");
        boolean isWhole = isSnapshot || number == FIRST;
        if (!isWhole) {
            if (!wasKnown) {
                return Taken.GAP;
            }
            if (number <= update) {
                isKnown = true;
                return Taken.OLD;
            }
            if (number != update + 1) {
                return Taken.GAP;
            }
        } else if (wasKnown && atMs < timeMs) {
            isKnown = true;
            return Taken.OLD;
        }
        JsonNode bids = VenueJson.list(data, "b");
        JsonNode asks = VenueJson.list(data, "a");
        if (isWhole) {
            book.clear();
        }
        book.set(BookSide.BID, bids, "b");
        book.set(BookSide.ASK, asks, "a");
        if (book.isCrossed()) {
            return Taken.GAP;
        }
        update = number;
        timeMs = atMs;
        isKnown = true;
        hasChanged = true;
        return Taken.DONE;
    }

    /** What is known is not to be trusted: the connection was cut, or a message could not be read. */
    public void forget() {
        isKnown = false;
        hasChanged = false;
    }

    public boolean isKnown() {
        return isKnown;
    }

    /** Whether the book is another one than the last {@link #depth} was of. */
    public boolean hasChanged() {
        return isKnown && hasChanged;
    }

    /** The venue's time of the book, epoch milliseconds. */
    public long timeMs() {
        return timeMs;
    }

    /** The market's depth record; null where there is nothing to be said. */
    public @Nullable Depth depth(String venue, String symbol, List<Double> distances) {
        hasChanged = false;
        return book.depth(venue, symbol, distances);
    }
}
