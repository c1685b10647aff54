package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.connectors.feed.WindowBook;
import io.plimsoll.schemas.avro.Depth;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A market's book, kept up from a snapshot and updates, each of which names the one before it. Numbers may begin anew lower
 * down after maintenance: what counts is that they follow on. The venue's checksum is not looked at.
 */
public final class Book {

    /** What a message does to the book. */
    public enum Taken {
        /** The book is as of the message. */
        DONE,
        /** It is the last one once more. */
        OLD,
        /** Something before it was missed: the book is not known until a snapshot comes. */
        GAP
    }

    private static final int LEVELS = 400;

    private final WindowBook book;

    private boolean isKnown;
    private boolean hasChanged;
    private long sequence;
    private long timeMs;

    /** @param multiplier base units in a contract; of inverse ones quote units of face value */
    public Book(BigDecimal multiplier) {
        this.book = new WindowBook(LEVELS, multiplier);
    }

    /**
     * Takes a message's item.
     *
     * @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it; the book is not known
     *     then until a snapshot comes
     */
    public Taken take(JsonNode item, boolean isSnapshot) {
        boolean wasKnown = isKnown;
        isKnown = false;
        long number = VenueJson.whole(item, "seqId");
        long atMs = VenueJson.wholeText(item, "ts");
        if (isSnapshot) {
            if (wasKnown && atMs < timeMs) {
                isKnown = true;
                return Taken.OLD;
            }
            book.clear();
        } else {
            long previous = VenueJson.whole(item, "prevSeqId");
            if (!wasKnown) {
                return Taken.GAP;
            }
            if (previous != sequence) {
                isKnown = number == sequence;
                return isKnown ? Taken.OLD : Taken.GAP;
            }
        }
        book.set(BookSide.BID, VenueJson.list(item, "bids"), "bids");
        book.set(BookSide.ASK, VenueJson.list(item, "asks"), "asks");
        if (book.isCrossed()) {
            return Taken.GAP;
        }
        sequence = number;
        timeMs = Math.max(atMs, isSnapshot ? 0 : timeMs);
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
