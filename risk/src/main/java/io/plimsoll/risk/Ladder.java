package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Volume by price bucket, long and short apart, in integers: it can be added to, taken from and merged in any order.
 *
 * <p>Buckets are grouped in chunks: a chunk is what is reported, whole and absolute, when one of its buckets changed.
 */
public final class Ladder {

    private static final int CHUNK_BITS = 6;
    private static final int CHUNK_SIZE = 1 << CHUNK_BITS;

    private final TreeMap<Integer, Chunk> chunks = new TreeMap<>();
    private final TreeSet<Integer> changedChunks = new TreeSet<>();

    /** A chunk that has emptied, all zeros, for the next that is wanted: where few positions are, they come and go. */
    private @Nullable Chunk spare;

    /**
     * One bucket's volume.
     *
     * @param bucket number of the bucket
     * @param longLots long size, >= 0
     * @param shortLots short size, >= 0
     * @param longPositions long positions, count
     * @param shortPositions short positions, count
     */
    public record Rung(int bucket, long longLots, long shortLots, int longPositions, int shortPositions) {}

    /** Neighbouring buckets. Sums over all of them let whole chunks be passed over. */
    private static final class Chunk {
        final long[] longLots = new long[CHUNK_SIZE];
        final long[] shortLots = new long[CHUNK_SIZE];
        final int[] longPositions = new int[CHUNK_SIZE];
        final int[] shortPositions = new int[CHUNK_SIZE];
        long allLongLots;
        long allShortLots;
        int allPositions;
        boolean changed;

        void change(int bucket, long longs, long shorts, int longCount, int shortCount) {
            int i = bucket & (CHUNK_SIZE - 1);
            longLots[i] = Math.addExact(longLots[i], longs);
            shortLots[i] = Math.addExact(shortLots[i], shorts);
            longPositions[i] += longCount;
            shortPositions[i] += shortCount;
            allLongLots = Math.addExact(allLongLots, longs);
            allShortLots = Math.addExact(allShortLots, shorts);
            allPositions += longCount + shortCount;
            if (longLots[i] < 0 || shortLots[i] < 0 || longPositions[i] < 0 || shortPositions[i] < 0) {
                throw new IllegalStateException("ladder bucket " + bucket + " would fall below zero");
            }
        }

        void addRungsTo(List<Rung> rungs, int number) {
            int first = number << CHUNK_BITS;
            for (int i = 0; i < CHUNK_SIZE; i++) {
                if (longPositions[i] != 0 || shortPositions[i] != 0) {
                    rungs.add(new Rung(first + i, longLots[i], shortLots[i], longPositions[i], shortPositions[i]));
                }
            }
        }
    }

    void add(int bucket, long lots) {
        change(bucket, lots, 1);
    }

    void remove(int bucket, long lots) {
        change(bucket, lots, -1);
    }

    private void change(int bucket, long lots, int sign) {
        if (lots > 0) {
            change(bucket, sign * lots, 0, sign, 0);
        } else {
            change(bucket, 0, -sign * lots, 0, sign);
        }
    }

    /** Adds rungs reported elsewhere. */
    public void addAll(Collection<Rung> added) {
        for (Rung rung : added) {
            change(rung.bucket(), rung.longLots(), rung.shortLots(), rung.longPositions(), rung.shortPositions());
        }
    }

    /** Takes away rungs that were added before. */
    public void removeAll(Collection<Rung> removed) {
        for (Rung rung : removed) {
            change(rung.bucket(), -rung.longLots(), -rung.shortLots(), -rung.longPositions(), -rung.shortPositions());
        }
    }

    private void change(int bucket, long longs, long shorts, int longCount, int shortCount) {
        int number = bucket >> CHUNK_BITS;
        Chunk chunk = chunks.get(number);
        if (chunk == null) {
            chunk = unused();
            chunks.put(number, chunk);
        }
        chunk.change(bucket, longs, shorts, longCount, shortCount);
        if (!chunk.changed) {
            chunk.changed = true;
            changedChunks.add(number);
        }
        if (chunk.allPositions == 0) {
            chunks.remove(number);
            spare = chunk.allLongLots == 0 && chunk.allShortLots == 0 ? chunk : null;
        }
    }

    private Chunk unused() {
        Chunk chunk = spare == null ? new Chunk() : spare;
        spare = null;
        chunk.changed = false;
        return chunk;
    }

    /** All rungs that hold something, by rising price. */
    public List<Rung> rungs() {
        int most = 0;
        for (Chunk chunk : chunks.values()) {
            most += Math.min(CHUNK_SIZE, chunk.allPositions);
        }
        List<Rung> rungs = new ArrayList<>(most);
        chunks.forEach((number, chunk) -> chunk.addRungsTo(rungs, number));
        return Collections.unmodifiableList(rungs);
    }

    /** Numbers of the chunks that changed since this was last asked. */
    public List<Integer> takeChangedChunks() {
        List<Integer> changed = List.copyOf(changedChunks);
        changedChunks.clear();
        for (int number : changed) {
            Chunk chunk = chunks.get(number);
            if (chunk != null) {
                chunk.changed = false;
            }
        }
        return changed;
    }

    /** The rungs of a chunk that hold something, by rising price. */
    public List<Rung> chunk(int number) {
        List<Rung> rungs = new ArrayList<>(CHUNK_SIZE);
        Chunk chunk = chunks.get(number);
        if (chunk != null) {
            chunk.addRungsTo(rungs, number);
        }
        return rungs;
    }

    /** Long size in the bucket and in those above: what a fall to that bucket reaches. */
    public long longLotsFrom(int bucket) {
        int number = bucket >> CHUNK_BITS;
        long sum = 0;
        for (Chunk above : chunks.tailMap(number, false).values()) {
            sum += above.allLongLots;
        }
        Chunk chunk = chunks.get(number);
        for (int i = bucket & (CHUNK_SIZE - 1); chunk != null && i < CHUNK_SIZE; i++) {
            sum += chunk.longLots[i];
        }
        return sum;
    }

    /** Short size in the bucket and in those below: what a rise to that bucket reaches. */
    public long shortLotsUpTo(int bucket) {
        int number = bucket >> CHUNK_BITS;
        long sum = 0;
        for (Chunk below : chunks.headMap(number, false).values()) {
            sum += below.allShortLots;
        }
        Chunk chunk = chunks.get(number);
        for (int i = bucket & (CHUNK_SIZE - 1); chunk != null && i >= 0; i--) {
            sum += chunk.shortLots[i];
        }
        return sum;
    }

    public boolean isEmpty() {
        return chunks.isEmpty();
    }
}
