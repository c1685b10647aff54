package io.plimsoll.risk;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sums over the positions of one market, or of a part of its accounts. Parts add up.
 *
 * @param longs sums over long positions
 * @param shorts sums over short positions
 * @param squaredLots sum of squared sizes over both sides, lots squared
 * @param largestLots the largest sizes over both sides, falling, at most {@link #LARGEST}
 * @param venueReported positions whose liquidation price is the venue's own, count
 */
public record BookSums(
        SideSums longs, SideSums shorts, BigInteger squaredLots, List<Long> largestLots, int venueReported) {

    /** How many of the largest sizes are kept. */
    public static final int LARGEST = 20;

    public static final BookSums NONE = new BookSums(SideSums.NONE, SideSums.NONE, BigInteger.ZERO, List.of(), 0);

    /** Both parts together. */
    public BookSums plus(BookSums other) {
        return new BookSums(
                longs.plus(other.longs),
                shorts.plus(other.shorts),
                squaredLots.add(other.squaredLots),
                Stream.concat(largestLots.stream(), other.largestLots.stream())
                        .sorted(Comparator.reverseOrder())
                        .limit(LARGEST)
                        .toList(),
                venueReported + other.venueReported);
    }

    /** Size of both sides, lots. */
    public long grossLots() {
        return Math.addExact(longs.lots(), shorts.lots());
    }

    /** Positions of both sides, count. */
    public int positions() {
        return longs.positions() + shorts.positions();
    }
}
