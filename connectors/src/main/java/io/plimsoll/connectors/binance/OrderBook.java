package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.LevelBook;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Depth;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One market's book: a snapshot that was asked for, and the changes since. Changes that come while a snapshot is under way
 * are kept, and made once it is there; those that it holds already are passed over. A change that does not follow on means
 * that one was missed, and the book is begun anew.
 */
public final class OrderBook {

    /** What a change did. */
    public enum Taken {
        APPLIED,
        /** The book waits for its snapshot. */
        KEPT,
        /** It was known already. */
        OLD,
        /** One was missed before it. */
        GAP
    }

    private static final int MOST_KEPT = 1_000;

    private final String symbol;
    private final BigDecimal unit;
    private final LevelBook book = new LevelBook();
    private final Deque<DepthChange> kept = new ArrayDeque<>();

    private boolean isSynced;
    /** No change was made since the snapshot. */
    private boolean isFresh;

    private boolean isAsked;
    private long lastId;
    private long timeMs;
    private boolean isChanged;
    private double reach = Double.NaN;

    /** @param unit of the venue's quantities in those of positions: 1, where inverse a contract's face value */
    public OrderBook(String symbol, BigDecimal unit) {
        this.symbol = symbol;
        this.unit = unit;
    }

    /** A snapshot is on its way: from now on changes are kept for it. */
    void asked() {
        isAsked = true;
    }

    /** The snapshot does not come. */
    void unanswered() {
        isAsked = false;
    }

    /** Nothing of it can be believed any more. */
    public void lost() {
        isSynced = false;
        book.clear();
        reach = Double.NaN;
    }

    /** The connection has ended: what was kept does not go on either. */
    void cut() {
        lost();
        kept.clear();
    }

    /** Takes a change. */
    public Taken take(DepthChange change) {
        if (!isSynced || isAsked) {
            kept.addLast(change);
            if (kept.size() > MOST_KEPT) {
                kept.removeFirst();
            }
        }
        return isSynced ? follow(change) : Taken.KEPT;
    }

    private Taken follow(DepthChange change) {
        if (isFresh ? change.lastId() < lastId : change.lastId() <= lastId) {
            return Taken.OLD;
        }
        // Numbers are shared by all markets: the first change need not begin just behind the snapshot, only not later.
        if (isFresh ? change.previousId() > lastId : change.previousId() != lastId) {
            lost();
            return Taken.GAP;
        }
        change.applyTo(book, unit);
        isFresh = false;
        lastId = change.lastId();
        timeMs = Math.max(timeMs, change.timeMs());
        isChanged = true;
        return Taken.APPLIED;
    }

    /**
     * Takes a snapshot, and what has come since it was taken.
     *
     * @param most levels a side that were asked for: a side with fewer of them is whole
     * @return whether the changes that were kept follow on from it
     * @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it
     */
    public boolean snapshot(JsonNode answer, int most) {
        long id = VenueJson.whole(answer, "lastUpdateId");
        List<Level> bids = DepthChange.levels(VenueJson.list(answer, "bids"));
        List<Level> asks = DepthChange.levels(VenueJson.list(answer, "asks"));
        long time = VenueJson.whole(answer, "E");
        isAsked = false;
        DepthChange first = kept.peekFirst();
        if (isSynced && (first == null ? id < lastId : id < first.previousId())) {
            // From a server that is behind what is known already.
            kept.clear();
            return true;
        }
        lost();
        load(BookSide.BID, bids, most);
        load(BookSide.ASK, asks, most);
        lastId = id;
        timeMs = Math.max(timeMs, time);
        isSynced = true;
        isFresh = true;
        isChanged = true;
        while (isSynced && !kept.isEmpty()) {
            follow(kept.removeFirst());
        }
        return isSynced;
    }

    private void load(BookSide side, List<Level> levels, int most) {
        DepthChange.set(book, side, levels, unit);
        if (levels.size() < most) {
            book.known(side);
        } else {
            book.knownTo(side, levels.get(levels.size() - 1).price());
        }
    }

    /** Whether a snapshot is to be asked for. */
    boolean needsSnapshot() {
        return !isSynced && !isAsked;
    }

    boolean isAsked() {
        return isAsked;
    }

    public boolean isSynced() {
        return isSynced;
    }

    /** Whether it has changed since its depth was last taken. */
    boolean isChanged() {
        return isSynced && isChanged;
    }

    /** The levels themselves. */
    public LevelBook levels() {
        return book;
    }

    /** The venue's time of its last change, epoch milliseconds. */
    public long timeMs() {
        return timeMs;
    }

    /** Whether it bids as much as it asks, which no book does: something was missed though the numbers follow on. */
    boolean isCrossed() {
        return book.isCrossed();
    }

    /** The market's depth; null where nothing can be said. */
    public @Nullable Depth depth(String venue, List<Double> distances) {
        isChanged = false;
        return book.depth(venue, symbol, distances);
    }

    /**
     * Whether the price has moved towards the end of what is known, so that a new snapshot is worth its weight.
     *
     * @param reached furthest distance in the depth now, fraction of mid
     */
    boolean isRunningOut(double reached) {
        if (Double.isNaN(reach)) {
            reach = reached;
        }
        return reached < reach / 2;
    }
}
