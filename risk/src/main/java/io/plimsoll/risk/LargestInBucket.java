package io.plimsoll.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest position of one side in a bucket of a ladder, where it is known: the bucket says how much and how many there
 * are, the list of the largest positions says who, down to a size.
 *
 * @param lots of it, > 0
 * @param account whose it is; of equal ones, one
 */
public record LargestInBucket(long lots, String account) {

    /**
     * The largest of a bucket.
     *
     * @param lots of the side in the bucket, >= 0
     * @param positions of the side in the bucket, count
     * @param listed those of them that are listed, the largest first
     * @param completeFrom lots from which on none is left out of the list, > 0
     * @return null where somebody who is not listed may have more, or nobody is listed
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
        if (listed.isEmpty()) {
            return null;
        }
        LargePosition top = listed.get(0);
        long hiddenMost = hidden == 0 ? 0 : Math.min(completeFrom - 1, rest - (hidden - 1));
        return top.lots() >= hiddenMost ? new LargestInBucket(top.lots(), top.account()) : null;
    }
}
