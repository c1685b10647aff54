package io.plimsoll.risk.watch;

import java.util.Arrays;

/**
 * Slots of watchers: handed out, recycled, and versioned so that all thresholds of one can be made void at once.
 *
 * <p>An owner is a slot and the version it had; it is live as long as the slot still has that version. Versions go on
 * when a slot is recycled. Two numbers, 8 bytes, per slot.
 */
final class WatchSlots {

    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 16;

    private int[] versions = {};
    /** Live thresholds of each slot; a free slot has the next free one here, as {@code -2 - next}. */
    private int[] held = {};

    private int slots;
    private int firstFree = NONE;
    private int inUse;
    private long live;
    private boolean versionTurned;

    static int slot(long owner) {
        return (int) (owner >>> Integer.SIZE);
    }

    int add() {
        int slot = firstFree;
        if (slot == NONE) {
            if (slots == versions.length) {
                int capacity = Math.max(FIRST_CAPACITY, slots + (slots >> 1));
                versions = Arrays.copyOf(versions, capacity);
                held = Arrays.copyOf(held, capacity);
            }
            slot = slots++;
        } else {
            firstFree = -2 - held[slot];
        }
        held[slot] = 0;
        inUse++;
        return slot;
    }

    void remove(int slot) {
        makeVoid(slot);
        held[slot] = -2 - firstFree;
        firstFree = slot;
        inUse--;
    }

    void requireInUse(int slot) {
        if (!isInUse(slot)) {
            throw new IllegalArgumentException("slot " + slot + " is not in use");
        }
    }

    boolean isInUse(int slot) {
        return slot >= 0 && slot < slots && held[slot] >= 0;
    }

    long owner(int slot) {
        return ((long) slot << Integer.SIZE) | (versions[slot] & 0xFFFF_FFFFL);
    }

    boolean isLive(long owner) {
        return versions[slot(owner)] == (int) owner;
    }

    /** Counts one more threshold of a slot. */
    void hold(int slot) {
        held[slot]++;
        live++;
    }

    void makeVoid(int slot) {
        live -= held[slot];
        held[slot] = 0;
        versions[slot]++;
        versionTurned |= (versions[slot] & Integer.MAX_VALUE) == 0;
    }

    /**
     * Whether a version made half a turn of its 32 bits since this was last asked. If all void thresholds are dropped
     * then, none is left that could be taken for one of a later version.
     */
    boolean takeVersionTurned() {
        boolean turned = versionTurned;
        versionTurned = false;
        return turned;
    }

    int inUse() {
        return inUse;
    }

    /** Live thresholds of all slots. */
    long live() {
        return live;
    }

    long bytes() {
        return (long) versions.length * 2 * Integer.BYTES;
    }
}
