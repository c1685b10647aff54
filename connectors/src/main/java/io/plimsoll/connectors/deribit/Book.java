package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.LevelBook;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import java.math.BigDecimal;

/** An instrument's whole book, kept up from changes of which each names the one before. */
public final class Book {

    /** What a message has done to the book. */
    public enum Taken {
        CHANGED,
        /** It is older than what is known, or the same. */
        KNOWN,
        /** One before it is missing: the book is not right any more. */
        GAP
    }

    private final LevelBook levels = new LevelBook();
    private long changeId = -1;
    private long timeMs;
    private boolean hasChanged;

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public Taken take(JsonNode data) {
        long id = VenueJson.whole(data, "change_id");
        if ("snapshot".equals(VenueJson.optionalText(data, "type"))) {
            if (id < changeId) {
                return Taken.KNOWN;
            }
            levels.clear();
            levels.known(BookSide.BID);
            levels.known(BookSide.ASK);
        } else if (id <= changeId) {
            return Taken.KNOWN;
        } else if (changeId < 0 || VenueJson.whole(data, "prev_change_id") != changeId) {
            return Taken.GAP;
        }
        changes(BookSide.BID, VenueJson.list(data, "bids"));
        changes(BookSide.ASK, VenueJson.list(data, "asks"));
        timeMs = VenueJson.whole(data, "timestamp");
        changeId = id;
        hasChanged = true;
        return Taken.CHANGED;
    }

    private void changes(BookSide side, JsonNode list) {
        for (JsonNode change : list) {
            if (change.size() < 3) {
                throw VenueJson.wrong("bids or asks", change, "lists of an action, a price and an amount");
            }
            BigDecimal price = VenueJson.decimalOf(change.get(1), "price");
            levels.set(
                    side,
                    price,
                    switch (change.get(0).asText()) {
                        case "new", "change" -> VenueJson.decimalOf(change.get(2), "amount");
                        case "delete" -> BigDecimal.ZERO;
                        default -> throw VenueJson.wrong("action", change.get(0), "new, change or delete");
                    });
        }
    }

    /** Whether it has come whole. */
    boolean isKnown() {
        return changeId >= 0;
    }

    /** Whether it has changed since it was last looked at. */
    boolean hasChanged() {
        return hasChanged;
    }

    long timeMs() {
        return timeMs;
    }

    /** The book as it stands: amounts in base units, where inverse in quote units of face value. */
    public LevelBook shown() {
        hasChanged = false;
        return levels;
    }
}
