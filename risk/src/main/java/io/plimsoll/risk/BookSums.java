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
 * @param venueLines the venue's own liquidation prices among the positions
 */
public record BookSums(
        SideSums longs, SideSums shorts, BigInteger squaredLots, List<Long> largestLots, VenueLines venueLines) {

    /** How many of the largest sizes are kept. */
    public static final int LARGEST = 20;

    public static final BookSums NONE =
            new BookSums(SideSums.NONE, SideSums.NONE, BigInteger.ZERO, List.of(), VenueLines.NONE);

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
                venueLines.plus(other.venueLines));
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
