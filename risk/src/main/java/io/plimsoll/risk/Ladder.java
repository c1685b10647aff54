package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Volume by price bucket, long and short apart, in integers: it can be added to, taken from and merged in any order.
 *
 * <p>Buckets are grouped in chunks: a chunk is what is reported, whole and absolute, when one of its buckets changed.
 */
public final class Ladder {

    private static final int CHUNK_BITS = 6;

    private final TreeMap<Integer, Rung> rungs = new TreeMap<>();
    private final TreeSet<Integer> changedChunks = new TreeSet<>();

    /**
     * One bucket's volume.
     *
     * @param bucket number of the bucket
     * @param longLots long size, >= 0
     * @param shortLots short size, >= 0
     * @param longPositions long positions, count
     * @param shortPositions short positions, count
     */
    public record Rung(int bucket, long longLots, long shortLots, int longPositions, int shortPositions) {

        Rung plus(Rung other, int sign) {
            return new Rung(
                    bucket,
                    Math.addExact(longLots, sign * other.longLots),
                    Math.addExact(shortLots, sign * other.shortLots),
                    longPositions + sign * other.longPositions,
                    shortPositions + sign * other.shortPositions);
        }

        boolean isEmpty() {
            return longLots == 0 && shortLots == 0 && longPositions == 0 && shortPositions == 0;
        }

        boolean isNegative() {
            return longLots < 0 || shortLots < 0 || longPositions < 0 || shortPositions < 0;
        }
    }

    void add(int bucket, long lots) {
        change(rungOf(bucket, lots), 1);
    }

    void remove(int bucket, long lots) {
        change(rungOf(bucket, lots), -1);
    }

    /** Adds rungs reported elsewhere. */
    public void addAll(Collection<Rung> added) {
        added.forEach(rung -> change(rung, 1));
    }

    /** Takes away rungs that were added before. */
    public void removeAll(Collection<Rung> removed) {
        removed.forEach(rung -> change(rung, -1));
    }

    private static Rung rungOf(int bucket, long lots) {
        return lots > 0 ? new Rung(bucket, lots, 0, 1, 0) : new Rung(bucket, 0, -lots, 0, 1);
    }

    private void change(Rung rung, int sign) {
        Rung before = rungs.get(rung.bucket());
        Rung after = before == null ? new Rung(rung.bucket(), 0, 0, 0, 0).plus(rung, sign) : before.plus(rung, sign);
        if (after.isNegative()) {
            throw new IllegalStateException("ladder bucket " + rung.bucket() + " would fall below zero: " + after);
        }
        if (after.isEmpty()) {
            rungs.remove(rung.bucket());
        } else {
            rungs.put(rung.bucket(), after);
        }
        changedChunks.add(rung.bucket() >> CHUNK_BITS);
    }

    /** All rungs that hold something, by rising price. */
    public List<Rung> rungs() {
        return new ArrayList<>(rungs.values());
    }

    /** Numbers of the chunks that changed since this was last asked. */
    public List<Integer> takeChangedChunks() {
        List<Integer> changed = List.copyOf(changedChunks);
        changedChunks.clear();
        return changed;
    }

    /** The rungs of a chunk that hold something, by rising price. */
    public List<Rung> chunk(int number) {
        int first = number << CHUNK_BITS;
        return new ArrayList<>(rungs.subMap(first, first + (1 << CHUNK_BITS)).values());
    }

    /** Long size in the bucket and in those above: what a fall to that bucket reaches. */
    public long longLotsFrom(int bucket) {
        return sum(rungs.tailMap(bucket, true), true);
    }

    /** Short size in the bucket and in those below: what a rise to that bucket reaches. */
    public long shortLotsUpTo(int bucket) {
        return sum(rungs.headMap(bucket, true), false);
    }

    private static long sum(SortedMap<Integer, Rung> part, boolean longs) {
        long sum = 0;
        for (Rung rung : part.values()) {
            sum += longs ? rung.longLots() : rung.shortLots();
        }
        return sum;
    }

    public boolean isEmpty() {
        return rungs.isEmpty();
    }
}
