package io.plimsoll.connectors.feed;

/**
 * The part of a feed that one task works on: markets and accounts are spread over the tasks by their names.
 *
 * @param index from 0
 * @param count of all tasks
 */
public record Slice(int index, int count) {

    public Slice {
        if (count < 1 || index < 0 || index >= count) {
            throw new IllegalArgumentException("task " + index + " of " + count);
        }
    }

    /** Whether the name belongs to this task; it does to exactly one. */
    public boolean holds(String name) {
        return bucket(name, count) == index;
    }

    /** A number from 0 to {@code buckets} - 1, the same for a name at all times and on all machines. */
    public static int bucket(String name, int buckets) {
        int hash = name.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Math.floorMod(hash ^ (hash >>> 16), buckets);
    }

    /** As it is named in a feed's status. */
    @Override
    public String toString() {
        return index + "-of-" + count;
    }
}
