package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A market's order book by price, kept up from a venue's snapshot and the numbered changes that follow it. Whether the
 * numbers follow on is the venue's feed to know: it clears the book where one is missing.
 *
 * <p>A snapshot ends somewhere, and beyond that only prices that have changed since would be there. So each side is known up
 * to a price ({@link #knownTo}), up to its end ({@link #known}), or as far as its last level, which is how a book begins.
 */
public final class LevelBook {

    /** Side of a book. */
    public enum BookSide {
        BID,
        ASK
    }

    private final OneSide bids = new OneSide(Comparator.reverseOrder());
    private final OneSide asks = new OneSide(Comparator.naturalOrder());

    /** Empties both sides, and forgets how far they are known. */
    public void clear() {
        bids.clear();
        asks.clear();
    }

    /**
     * Sets what stands at a price.
     *
     * @param price quote units per base unit, > 0
     * @param quantity all that stands there, in the unit of positions, >= 0; 0 removes the level
     * @throws FeedFormatException if one of them is out of its range
     */
    public void set(BookSide side, BigDecimal price, BigDecimal quantity) {
        if (price.signum() <= 0 || quantity.signum() < 0) {
            throw new FeedFormatException("a level of " + quantity + " at " + price
                    + ", allowed are prices above 0 and quantities of 0 or more");
        }
        of(side).set(price, quantity);
    }

    /** Nothing lies beyond the last level of the side. */
    public void known(BookSide side) {
        of(side).isWhole = true;
    }

    /** The side is known up to a price, that included: what lies beyond is dropped, now and later. */
    public void knownTo(BookSide side, BigDecimal price) {
        of(side).knownTo(price);
    }

    /** Drops all but the best so many prices of a side. */
    public void keep(BookSide side, int levels) {
        TreeMap<BigDecimal, BigDecimal> quantities = of(side).quantities;
        while (quantities.size() > levels) {
            quantities.pollLastEntry();
        }
    }

    /** The highest price bid, quote units; null: none. */
    public @Nullable BigDecimal bestBid() {
        return bids.best();
    }

    /** The lowest price asked, quote units; null: none. */
    public @Nullable BigDecimal bestAsk() {
        return asks.best();
    }

    /** Whether as much is bid as is asked, or more: something was missed, and the book is to be asked for anew. */
    public boolean isCrossed() {
        BigDecimal bid = bestBid();
        BigDecimal ask = bestAsk();
        return bid != null && ask != null && bid.compareTo(ask) >= 0;
    }

    /** Middle of the best prices, quote units; null where a side is empty. */
    public @Nullable BigDecimal mid() {
        BigDecimal bid = bestBid();
        BigDecimal ask = bestAsk();
        return bid == null || ask == null ? null : BookDepth.mid(bid, ask);
    }

    /** One side as it stands, best price first. */
    public BookDepth.Side side(BookSide side) {
        return of(side).shown();
    }

    /** What stands at a price; 0: nothing. */
    public BigDecimal quantity(BookSide side, BigDecimal price) {
        return of(side).quantities.getOrDefault(price, BigDecimal.ZERO);
    }

    /**
     * The market's depth record.
     *
     * @param distances fractions of mid, rising, of which those are given that both sides are known for
     * @return null where there is nothing to be said: a side is empty, the book is crossed, or known no further than its best
     */
    public @Nullable Depth depth(String venue, String symbol, List<Double> distances) {
        BigDecimal mid = mid();
        if (mid == null || isCrossed()) {
            return null;
        }
        List<DepthLevel> levels = BookDepth.of(bids.shown(), asks.shown(), mid, distances, true);
        return levels.isEmpty() ? null : new Depth(venue, symbol, mid.doubleValue(), levels);
    }

    private OneSide of(BookSide side) {
        return side == BookSide.BID ? bids : asks;
    }

    private static final class OneSide {

        private final TreeMap<BigDecimal, BigDecimal> quantities;
        private @Nullable BigDecimal end;
        private boolean isWhole;

        OneSide(Comparator<BigDecimal> bestFirst) {
            this.quantities = new TreeMap<>(bestFirst);
        }

        void clear() {
            quantities.clear();
            end = null;
            isWhole = false;
        }

        void set(BigDecimal price, BigDecimal quantity) {
            if (quantity.signum() == 0) {
                quantities.remove(price);
            } else if (end == null || quantities.comparator().compare(price, end) <= 0) {
                quantities.put(price, quantity);
            }
        }

        void knownTo(BigDecimal price) {
            end = price;
            quantities.tailMap(price, false).clear();
        }

        @Nullable
        BigDecimal best() {
            Map.Entry<BigDecimal, BigDecimal> first = quantities.firstEntry();
            return first == null ? null : first.getKey();
        }

        BookDepth.Side shown() {
            List<BookDepth.Level> levels = new ArrayList<>(quantities.size() + 1);
            quantities.forEach((price, quantity) -> levels.add(new BookDepth.Level(price, quantity)));
            if (end != null && !quantities.containsKey(end)) {
                // That nothing stands at the last price that is known is known, too.
                levels.add(new BookDepth.Level(end, BigDecimal.ZERO));
            }
            return new BookDepth.Side(levels, isWhole);
        }
    }
}
