package io.plimsoll.topology.markets;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Ladder;
import java.util.Map;
import java.util.TreeMap;

/** A market's book: the parts that the account slices reported, merged. */
final class MarketBook {

    /**
     * What one slice reported last.
     *
     * @param epoch the slice's epoch
     * @param bookTimeMs event time of its newest account change
     */
    record Part(long epoch, BookSums sums, long bookTimeMs) {}

    private final Map<Integer, Part> partBySlice = new TreeMap<>();
    private final Ladder liquidation = new Ladder();
    private final Ladder bankruptcy = new Ladder();

    void put(int slice, Part part) {
        partBySlice.put(slice, part);
    }

    Map<Integer, Part> parts() {
        return partBySlice;
    }

    BookSums sums() {
        return partBySlice.values().stream().map(Part::sums).reduce(BookSums.NONE, BookSums::plus);
    }

    /** Event time of the newest account change; 0 where there was none. */
    long bookTimeMs() {
        return partBySlice.values().stream().mapToLong(Part::bookTimeMs).max().orElse(0);
    }

    Ladder ladder(boolean byBankruptcyPrice) {
        return byBankruptcyPrice ? bankruptcy : liquidation;
    }
}
