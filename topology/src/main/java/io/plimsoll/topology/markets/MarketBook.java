package io.plimsoll.topology.markets;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.LargestPositions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A market's book: the parts that the account slices reported, merged. */
final class MarketBook {

    /**
     * What one slice reported last.
     *
     * @param epoch the slice's epoch
     * @param bookTimeMs event time of its newest account change
     * @param largest its largest positions
     */
    record Part(long epoch, BookSums sums, long bookTimeMs, LargestPositions largest) {}

    private final Map<Integer, Part> partBySlice = new TreeMap<>();
    private final Ladder liquidation = new Ladder();
    private final Ladder bankruptcy = new Ladder();
    private final Map<String, List<Ladder.Rung>> rungsByRow = new HashMap<>();
    private @Nullable List<Ladder.Rung> liquidationRungs;
    private @Nullable List<Ladder.Rung> bankruptcyRungs;
    private @Nullable FrozenBook frozen;

    void put(int slice, Part part) {
        partBySlice.put(slice, part);
        frozen = null;
    }

    Map<Integer, Part> parts() {
        return partBySlice;
    }

    BookSums sums() {
        return partBySlice.values().stream().map(Part::sums).reduce(BookSums.NONE, BookSums::plus);
    }

    LargestPositions largest() {
        return partBySlice.values().stream().map(Part::largest).reduce(LargestPositions.NONE, LargestPositions::plus);
    }

    /** Event time of the newest account change; 0 where there was none. */
    long bookTimeMs() {
        return partBySlice.values().stream().mapToLong(Part::bookTimeMs).max().orElse(0);
    }

    /** Puts a slice's rungs of a ladder chunk, by the row they are stored in, in the place of what it said before. */
    void replaceChunk(String row, boolean byBankruptcyPrice, List<Ladder.Rung> rungs) {
        Ladder ladder = ladder(byBankruptcyPrice);
        List<Ladder.Rung> before = rungs.isEmpty() ? rungsByRow.remove(row) : rungsByRow.put(row, rungs);
        if (before != null) {
            ladder.removeAll(before);
        }
        ladder.addAll(rungs);
        if (byBankruptcyPrice) {
            bankruptcyRungs = null;
        } else {
            liquidationRungs = null;
        }
        frozen = null;
    }

    /** The book as it is now; made once between two changes. */
    FrozenBook frozen() {
        FrozenBook made = frozen;
        if (made == null) {
            // Sums change far more often than rungs do.
            List<Ladder.Rung> liquidated = liquidationRungs == null ? liquidation.rungs() : liquidationRungs;
            List<Ladder.Rung> bankrupt = bankruptcyRungs == null ? bankruptcy.rungs() : bankruptcyRungs;
            liquidationRungs = liquidated;
            bankruptcyRungs = bankrupt;
            made = new FrozenBook(sums(), liquidated, bankrupt, largest());
            frozen = made;
        }
        return made;
    }

    /** By liquidation price. */
    Ladder liquidation() {
        return liquidation;
    }

    private Ladder ladder(boolean byBankruptcyPrice) {
        return byBankruptcyPrice ? bankruptcy : liquidation;
    }
}
