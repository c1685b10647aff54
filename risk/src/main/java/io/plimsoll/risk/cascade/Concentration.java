package io.plimsoll.risk.cascade;

import io.plimsoll.risk.LargePosition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a cascade is a few accounts, from a list of the largest positions. The list is complete down to a known
 * size; who is smaller may be missing in it. What follows is exact where the list reaches far enough, and a bracket
 * elsewhere. A position stands on one rung; accounts of several rungs are added up right only where all are listed.
 */
public final class Concentration {

    private final TriggerLadder ladder;
    private final List<LargePosition> listed;
    private final long completeFrom;

    /**
     * @param ladder that the positions are part of
     * @param largest at most one position an account and bucket
     * @param completeFrom lots from which on every position of the ladder is in the list, > 0; 1 if all are
     */
    public Concentration(TriggerLadder ladder, List<LargePosition> largest, long completeFrom) {
        if (completeFrom <= 0) {
            throw new IllegalArgumentException("completeFrom is " + completeFrom + ", allowed is above 0");
        }
        this.ladder = ladder;
        this.completeFrom = completeFrom;
        listed = largest.stream()
                .sorted(Comparator.comparingLong(LargePosition::lots).reversed().thenComparing(LargePosition::account))
                .toList();
    }

    /**
     * A share of the forced volume, of which it is known that it lies between.
     *
     * @param low 0 to 1
     * @param high low to 1
     */
    public record Share(double low, double high) {

        /** Whether it is one number. */
        public boolean exact() {
            return low == high;
        }
    }

    /**
     * Share of the largest accounts in the forced volume of a cascade.
     *
     * @param rest where the price rests, of a curve over the ladder
     * @param accounts how many, at least 1
     * @return 0 where nothing is forced
     */
    public Share shareOfLargest(Rest rest, int accounts) {
        if (rest.lots() == 0) {
            return new Share(0, 0);
        }
        List<Long> sizes = reached(rest.rungs());
        long known = sizes.stream().mapToLong(size -> size).sum();
        long unknown = Math.max(0, rest.lots() - known);
        int hiddenAtMost = Math.min(accounts, Math.max(0, rest.accounts() - sizes.size()));
        long low = sumOfFirst(sizes, accounts);
        long high = low;
        for (int hidden = 1; hidden <= hiddenAtMost; hidden++) {
            long most = Math.min(unknown, saturatedProduct(hidden, completeFrom - 1));
            high = Math.max(high, sumOfFirst(sizes, accounts - hidden) + most);
        }
        return new Share((double) low / rest.lots(), (double) high / rest.lots());
    }

    private List<Long> reached(int rungs) {
        Map<String, Long> byAccount = new HashMap<>();
        for (LargePosition position : listed) {
            if (isReached(position, rungs)) {
                byAccount.merge(position.account(), position.lots(), Math::addExact);
            }
        }
        return byAccount.values().stream().sorted(Comparator.reverseOrder()).toList();
    }

    private boolean isReached(LargePosition position, int rungs) {
        if (rungs == 0) {
            return false;
        }
        int last = ladder.place(rungs - 1);
        return ladder.direction() == Direction.FALL ? position.bucket() >= last : position.bucket() <= last;
    }

    private static long sumOfFirst(List<Long> sizes, int count) {
        long sum = 0;
        for (int i = 0; i < Math.min(count, sizes.size()); i++) {
            sum = Math.addExact(sum, sizes.get(i));
        }
        return sum;
    }

    private static long saturatedProduct(long a, long b) {
        return b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    /** The largest account of the list, of those in the ladder; null where it is empty. */
    public @Nullable LargePosition largest() {
        return listed.isEmpty() ? null : listed.get(0);
    }

    /** The ladder without its largest position; null where the list is empty. To sweep again, and compare the tips. */
    public @Nullable TriggerLadder withoutLargest() {
        LargePosition largest = largest();
        return largest == null ? null : ladder.without(largest.bucket(), largest.lots());
    }
}
