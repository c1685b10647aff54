package io.plimsoll.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest position of one side in a bucket of a ladder, as far as it is known: the bucket says how much and how many
 * there are, the list of the largest positions says who, down to a size.
 *
 * @param low lots that it has at least, > 0
 * @param high lots that it has at most; known where both are equal
 * @param account whose position no other in the bucket exceeds; null where not known
 */
public record LargestInBucket(long low, long high, @Nullable String account) {

    /**
     * @param lots of the side in the bucket, >= 0
     * @param positions of the side in the bucket, count
     * @param listed those of them that are listed, the largest first
     * @param completeFrom lots from which on none is left out of the list, > 0
     * @return null where there is no position
     * @throws IllegalArgumentException where the list does not fit the bucket
     */
    public static @Nullable LargestInBucket of(
            long lots, int positions, List<LargePosition> listed, long completeFrom) {
        long rest = lots;
        for (LargePosition position : listed) {
            rest -= position.lots();
        }
        int hidden = positions - listed.size();
        if (hidden < 0 || rest < hidden) {
            throw new IllegalArgumentException(
                    lots + " lots of " + positions + " positions cannot be with " + listed + " among them");
        }
        if (positions == 0) {
            return null;
        }
        long top = listed.isEmpty() ? 0 : listed.get(0).lots();
        long hiddenLow = hidden == 0 ? 0 : (rest + hidden - 1) / hidden;
        long hiddenHigh = hidden == 0 ? 0 : Math.max(hiddenLow, Math.min(completeFrom - 1, rest - (hidden - 1)));
        return new LargestInBucket(
                Math.max(top, hiddenLow),
                Math.max(top, hiddenHigh),
                top > 0 && top >= hiddenHigh ? listed.get(0).account() : null);
    }
}
