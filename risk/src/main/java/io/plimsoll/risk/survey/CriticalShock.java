package io.plimsoll.risk.survey;

import io.plimsoll.risk.PriceRange;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.cascade.Direction;

/**
 * The common shock at which a pool falls: all prices multiplied by one factor, those of stablecoins and quote assets left
 * where they are.
 *
 * <p>Looked for between no shock and the last edge. A pool that stands at the last edge is taken to stand everywhere before
 * it: so it is where margin surplus is concave in prices (all but options with gamma, and margin tables that jump).
 */
final class CriticalShock {

    /** It stands at the last edge. */
    static final int NONE = ShockBuckets.COUNT;

    private CriticalShock() {}

    /**
     * The bucket of its shock: it stands at the lower edge and falls at the upper one.
     *
     * @param headroomNow at present prices, >= 0
     * @return {@link #NONE} where it does not fall
     */
    static int bucket(WatchedPool pool, PoolPrices prices, Direction direction, double headroomNow) {
        int safe = 0;
        int fallen = ShockBuckets.COUNT;
        double above = headroomNow;
        double below = at(pool, prices, direction, fallen);
        if (!(below < 0)) {
            return NONE;
        }
        for (int step = 0; fallen - safe > 1; step++) {
            int next = step % 4 == 3 ? (safe + fallen) / 2 : chord(direction, safe, fallen, above / (above - below));
            double there = at(pool, prices, direction, next);
            if (there < 0) {
                fallen = next;
                below = there;
            } else {
                safe = next;
                above = there;
            }
        }
        return safe;
    }

    /** Edge near which the line between two edges crosses; strictly between them. */
    private static int chord(Direction direction, int safe, int fallen, double share) {
        double from = ShockBuckets.factor(direction, safe);
        double to = ShockBuckets.factor(direction, fallen);
        int edge = ShockBuckets.near(from + (to - from) * share);
        return Math.max(safe + 1, Math.min(fallen - 1, edge));
    }

    private static double at(WatchedPool pool, PoolPrices prices, Direction direction, int edge) {
        PriceRange moved = prices.all(ShockBuckets.factor(direction, edge));
        return pool.headroom(moved);
    }
}
