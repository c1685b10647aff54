package io.plimsoll.topology.markets;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.LargestPositions;
import io.plimsoll.topology.avro.BookLadder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A market's book: the parts that the account slices reported, merged. */
final class MarketBook {

    /**
     * What one slice reported last.
     *
     * @param number of the report
     * @param bookTimeMs event time of its newest account change
     * @param largest its largest positions
     */
    record Part(ReportNumber number, BookSums sums, long bookTimeMs, LargestPositions largest) {}

    private final Map<Integer, Part> partBySlice = new TreeMap<>();
    /** Reports that are being taken up. */
    private final Map<Integer, ReportNumber> begunBySlice = new HashMap<>();

    private final Map<BookLadder, Ladder> ladders = new EnumMap<>(BookLadder.class);
    private final Map<String, List<Ladder.Rung>> rungsByRow = new HashMap<>();
    /** Rungs of the ladders that have not changed since they were asked for. */
    private final Map<BookLadder, List<Ladder.Rung>> rungs = new EnumMap<>(BookLadder.class);

    private @Nullable FrozenBook frozen;

    MarketBook() {
        for (BookLadder sortedBy : BookLadder.values()) {
            ladders.put(sortedBy, new Ladder());
        }
    }

    /** A slice's report is being taken up, until its {@link Part} is here. */
    void begin(int slice, ReportNumber number) {
        begunBySlice.put(slice, number);
    }

    /** Whether every report that was begun was taken up to its end. */
    boolean isWhole() {
        return begunBySlice.isEmpty();
    }

    void put(int slice, Part part) {
        partBySlice.put(slice, part);
        begunBySlice.computeIfPresent(slice, (s, begun) -> part.number().compareTo(begun) < 0 ? begun : null);
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
    void replaceChunk(String row, BookLadder sortedBy, List<Ladder.Rung> changed) {
        Ladder ladder = ladder(sortedBy);
        List<Ladder.Rung> before = changed.isEmpty() ? rungsByRow.remove(row) : rungsByRow.put(row, changed);
        if (before != null) {
            ladder.removeAll(before);
        }
        ladder.addAll(changed);
        rungs.remove(sortedBy);
        frozen = null;
    }

    /** The book as it is now; made once between two changes. */
    FrozenBook frozen() {
        FrozenBook made = frozen;
        if (made == null) {
            made = new FrozenBook(
                    sums(),
                    rungs(BookLadder.LIQUIDATION),
                    rungs(BookLadder.BANKRUPTCY),
                    rungs(BookLadder.EQUITY_LINE),
                    rungs(BookLadder.SIZE),
                    largest());
            frozen = made;
        }
        return made;
    }

    /** Sums change far more often than rungs do. */
    private List<Ladder.Rung> rungs(BookLadder sortedBy) {
        return rungs.computeIfAbsent(sortedBy, each -> ladder(each).rungs());
    }

    /** By liquidation price. */
    Ladder liquidation() {
        return ladder(BookLadder.LIQUIDATION);
    }

    private Ladder ladder(BookLadder sortedBy) {
        return Objects.requireNonNull(ladders.get(sortedBy));
    }
}
