package io.plimsoll.risk.distribution;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.SizeCells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Gini coefficient of sizes from their histogram: {@code 2 sum(i x_i) / (n sum(x)) - (n + 1) / n}, sizes rising. 0: all
 * are as large; towards 1: one has everything.
 *
 * <p>Within a cell all count as large as their mean. That can only make the coefficient smaller, and by {@link #ERROR} at most.
 */
public final class SizeInequality {

    /** The largest Gini coefficient of sizes within one cell: (sqrt(r) - 1) / (sqrt(r) + 1), r its width. */
    public static final double ERROR = (Math.sqrt(SizeCells.RATIO) - 1) / (Math.sqrt(SizeCells.RATIO) + 1);

    private SizeInequality() {}

    /**
     * The coefficient over both sides.
     *
     * @param sizes by cell of size, rising
     * @return 0 to 1; null where there is no position
     */
    public static @Nullable Double gini(List<Ladder.Rung> sizes) {
        double ranked = 0;
        double lots = 0;
        long smaller = 0;
        for (Ladder.Rung rung : sizes) {
            long positions = (long) rung.longPositions() + rung.shortPositions();
            double size = (double) rung.longLots() + rung.shortLots();
            ranked += size * (smaller + (positions + 1) / 2.0);
            lots += size;
            smaller += positions;
        }
        return smaller == 0 ? null : (Double) Math.max(0, 2 * ranked / (smaller * lots) - (smaller + 1.0) / smaller);
    }
}
