package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The positions of a book, the largest first, with where they stand on the ladder by liquidation price. */
final class PositionsBySize {

    /** How many are looked at for the lists of the largest: one side may hold few of them. */
    private static final int MOST_LOOKED_AT = 1_000;

    private final TreeMap<Held, Place> placeByPosition = new TreeMap<>();

    /** The largest first. */
    private record Held(String account, long lots) implements Comparable<Held> {

        long size() {
            return Math.abs(lots);
        }

        @Override
        public int compareTo(Held other) {
            int bySize = Long.compare(other.size(), size());
            if (bySize != 0) {
                return bySize;
            }
            int byAccount = account.compareTo(other.account);
            return byAccount != 0 ? byAccount : Long.compare(lots, other.lots);
        }
    }

    /** A rung; none where no price liquidates the position. */
    private record Place(@Nullable Integer bucket) {

        static final Place NOWHERE = new Place(null);

        static Place of(@Nullable Integer bucket) {
            return bucket == null ? NOWHERE : new Place(bucket);
        }
    }

    void put(String account, long lots, @Nullable Integer bucket) {
        placeByPosition.put(new Held(account, lots), Place.of(bucket));
    }

    void remove(String account, long lots) {
        placeByPosition.remove(new Held(account, lots));
    }

    /** The largest sizes, at most so many, falling. */
    List<Long> sizes(int most) {
        List<Long> sizes = new ArrayList<>(most);
        for (Held held : placeByPosition.keySet()) {
            if (sizes.size() == most) {
                break;
            }
            sizes.add(held.size());
        }
        return sizes;
    }

    /** The largest positions that some price liquidates, at most so many of a side. */
    LargestPositions largest(int most) {
        List<LargePosition> longs = new ArrayList<>();
        List<LargePosition> shorts = new ArrayList<>();
        int lookedAt = 0;
        for (Map.Entry<Held, Place> position : placeByPosition.entrySet()) {
            Held held = position.getKey();
            Integer bucket = position.getValue().bucket();
            List<LargePosition> side = held.lots() > 0 ? longs : shorts;
            if (bucket != null && side.size() == most || ++lookedAt > MOST_LOOKED_AT) {
                return new LargestPositions(longs, shorts, held.size() + 1);
            }
            if (bucket != null) {
                side.add(new LargePosition(held.account(), held.size(), bucket));
            }
        }
        return new LargestPositions(longs, shorts, 1);
    }
}
