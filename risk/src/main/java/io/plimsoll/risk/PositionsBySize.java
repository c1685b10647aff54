package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a book, the largest first, with where they stand on the ladder by liquidation price.
 *
 * <p>Only the largest are ever asked for, and most changes are of others: positions are kept in cells of about their size, in
 * no order, and the uppermost cells are sorted as far down as is asked, when they have changed.
 */
final class PositionsBySize {

    /** How many are looked at for the lists of the largest: one side may hold few of them. */
    private static final int MOST_LOOKED_AT = 1_000;

    /** One more: its size says down to where the lists are complete. */
    private static final int MOST_SORTED = MOST_LOOKED_AT + 1;

    private static final int NO_CELL = Integer.MAX_VALUE;

    private final TreeMap<Integer, Map<Key, Held>> cells = new TreeMap<>();

    /** The positions of the uppermost cells, the largest first. */
    private final List<Held> sorted = new ArrayList<>();

    private int sortedDownTo = NO_CELL;

    /** An account may hold a long and a short position in one market. */
    private record Key(String account, long lots) {}

    /**
     * A position.
     *
     * @param bucket rung of its liquidation price; null where no price liquidates it
     */
    private record Held(String account, long lots, @Nullable Integer bucket) {

        static final Comparator<Held> LARGEST_FIRST = Comparator.comparingLong(Held::size)
                .reversed()
                .thenComparing(Held::account)
                .thenComparingLong(Held::lots);

        long size() {
            return Math.abs(lots);
        }
    }

    /** Adds a position, or puts it in the place of the account's position of the same size and side. */
    void put(String account, long lots, @Nullable Integer bucket) {
        int number = SizeCells.cell(Math.abs(lots));
        cells.computeIfAbsent(number, n -> new HashMap<>())
                .put(new Key(account, lots), new Held(account, lots, bucket));
        changed(number);
    }

    /**
     * Takes a position away that was put before.
     *
     * @throws IllegalStateException where there is none; nothing has changed then
     */
    void remove(String account, long lots) {
        int number = SizeCells.cell(Math.abs(lots));
        Map<Key, Held> cell = cells.get(number);
        if (cell == null || cell.remove(new Key(account, lots)) == null) {
            throw new IllegalStateException(
                    "there is no position of " + lots + " lots of " + account + " to take away");
        }
        if (cell.isEmpty()) {
            cells.remove(number);
        }
        changed(number);
    }

    private void changed(int cell) {
        if (cell >= sortedDownTo) {
            sorted.clear();
            sortedDownTo = NO_CELL;
        }
    }

    /** The largest sizes, at most so many, falling. */
    List<Long> sizes(int most) {
        List<Long> sizes = new ArrayList<>(most);
        for (Held held = at(0); held != null && sizes.size() < most; held = at(sizes.size())) {
            sizes.add(held.size());
        }
        return sizes;
    }

    /** The largest positions that some price liquidates, at most so many of a side. */
    LargestPositions largest(int most) {
        List<LargePosition> longs = new ArrayList<>();
        List<LargePosition> shorts = new ArrayList<>();
        int lookedAt = 0;
        for (Held held = at(0); held != null; held = at(lookedAt)) {
            List<LargePosition> side = held.lots() > 0 ? longs : shorts;
            if (held.bucket() != null && side.size() == most || ++lookedAt > MOST_LOOKED_AT) {
                return new LargestPositions(longs, shorts, held.size() + 1);
            }
            if (held.bucket() != null) {
                side.add(new LargePosition(held.account(), held.size(), held.bucket()));
            }
        }
        return new LargestPositions(longs, shorts, 1);
    }

    /** The position at a place, 0 for the largest; null behind the last. */
    private @Nullable Held at(int place) {
        while (place >= sorted.size()) {
            Map.Entry<Integer, Map<Key, Held>> next = cells.lowerEntry(sortedDownTo);
            if (next == null) {
                return null;
            }
            sorted.addAll(largest(next.getValue(), MOST_SORTED - sorted.size()));
            sortedDownTo = next.getKey();
        }
        return sorted.get(place);
    }

    /** Sorts no more than are wanted: a cell may hold any number of equal positions. */
    private static List<Held> largest(Map<Key, Held> cell, int wanted) {
        PriorityQueue<Held> smallestFirst = new PriorityQueue<>(Held.LARGEST_FIRST.reversed());
        for (Held held : cell.values()) {
            if (smallestFirst.size() < wanted) {
                smallestFirst.add(held);
            } else if (Held.LARGEST_FIRST.compare(held, smallestFirst.element()) < 0) {
                smallestFirst.remove();
                smallestFirst.add(held);
            }
        }
        List<Held> largest = new ArrayList<>(smallestFirst);
        largest.sort(Held.LARGEST_FIRST);
        return largest;
    }
}
