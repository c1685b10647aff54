package io.plimsoll.risk;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The largest positions of a market that some price liquidates.
 *
 * @param longs of them the longs
 * @param shorts of them the shorts
 * @param completeFrom lots from which on none is left out, > 0
 */
public record LargestPositions(List<LargePosition> longs, List<LargePosition> shorts, long completeFrom) {

    public LargestPositions {
        longs = List.copyOf(longs);
        shorts = List.copyOf(shorts);
    }

    /** Nothing is listed, and nothing left out. */
    public static final LargestPositions NONE = new LargestPositions(List.of(), List.of(), 1);

    /** Those of a side, the largest first. */
    public List<LargePosition> of(Side side) {
        return side == Side.LONG ? longs : shorts;
    }

    /** Both parts together; what only one of them lists completely is complete in neither. */
    public LargestPositions plus(LargestPositions other) {
        return new LargestPositions(
                merged(longs, other.longs), merged(shorts, other.shorts), Math.max(completeFrom, other.completeFrom));
    }

    private static List<LargePosition> merged(List<LargePosition> some, List<LargePosition> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparingLong(LargePosition::lots).reversed().thenComparing(LargePosition::account))
                .toList();
    }
}
