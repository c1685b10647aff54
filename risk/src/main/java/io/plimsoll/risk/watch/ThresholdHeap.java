package io.plimsoll.risk.watch;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Thresholds of one market and direction, the next to be reached on top: a binary min-heap in two arrays, 16 bytes each.
 *
 * <p>A key is what the market must reach: the threshold for a rising price, the negated threshold for a falling one. Owners
 * are those of {@link WatchSlots}.
 */
final class ThresholdHeap {

    private static final int FIRST_CAPACITY = 8;

    /** No key is as low as minus infinity. */
    private static final LongConsumer NOTHING_IS_REACHED = owner -> {
        throw new IllegalStateException("a threshold was put at infinity");
    };

    private double[] keys = {};
    private long[] owners = {};
    private int size;
    private boolean ordered = true;

    int size() {
        return size;
    }

    boolean isReached(double key) {
        return size > 0 && keys[0] <= key;
    }

    /** Takes in a threshold. A full heap first drops void ones and grows only where that leaves little room. */
    void push(double key, long owner, WatchSlots slots) {
        if (size == keys.length) {
            dropVoid(slots);
            if (size >= keys.length - (keys.length >> 2)) {
                resize(Math.max(FIRST_CAPACITY, keys.length + (keys.length >> 1)));
            }
        }
        int at = size++;
        if (ordered) {
            while (at > 0) {
                int parent = (at - 1) >>> 1;
                if (keys[parent] <= key) {
                    break;
                }
                keys[at] = keys[parent];
                owners[at] = owners[parent];
                at = parent;
            }
        }
        keys[at] = key;
        owners[at] = owner;
    }

    /** Takes the top off; the heap must be ordered and not empty. */
    long pop() {
        long top = owners[0];
        size--;
        siftDown(0, keys[size], owners[size]);
        return top;
    }

    /**
     * One pass: hands over the live owners of what the key reaches and keeps only what is live and not reached. Leaves the heap without
     * order: nothing but {@link #push} may be called until {@link #order}.
     */
    void sweep(double key, WatchSlots slots, LongConsumer reached) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            long owner = owners[i];
            if (!slots.isLive(owner)) {
                continue;
            }
            if (keys[i] <= key) {
                reached.accept(owner);
            } else {
                keys[kept] = keys[i];
                owners[kept++] = owner;
            }
        }
        size = kept;
        ordered = false;
    }

    /** Drops what is void; an ordered heap stays so. */
    void dropVoid(WatchSlots slots) {
        boolean wasOrdered = ordered;
        sweep(Double.NEGATIVE_INFINITY, slots, NOTHING_IS_REACHED);
        if (wasOrdered) {
            order();
        }
    }

    /** Brings the heap in order again; does nothing where it is. */
    void order() {
        if (ordered) {
            return;
        }
        for (int i = (size >>> 1) - 1; i >= 0; i--) {
            siftDown(i, keys[i], owners[i]);
        }
        ordered = true;
    }

    /** Gives back room where most of it is empty. */
    void trim() {
        if (keys.length > FIRST_CAPACITY && size < keys.length >> 2) {
            resize(Math.max(FIRST_CAPACITY, size << 1));
        }
    }

    long bytes() {
        return (long) keys.length * (Double.BYTES + Long.BYTES);
    }

    private void siftDown(int from, double key, long owner) {
        int at = from;
        int half = size >>> 1;
        while (at < half) {
            int child = 2 * at + 1;
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (key <= keys[child]) {
                break;
            }
            keys[at] = keys[child];
            owners[at] = owners[child];
            at = child;
        }
        keys[at] = key;
        owners[at] = owner;
    }

    private void resize(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
        owners = Arrays.copyOf(owners, capacity);
    }
}
