package io.plimsoll.risk;

import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** How far all prices of a pool must move by the same fraction until it is liquidated. */
final class CommonShock {

    private static final double DEEPEST = -1 + 1e-9;
    private static final double HIGHEST = 9;
    private static final int MOST_STEPS = 200;
    private static final double PRECISION = 1e-12;
    private static final double ROUNDING = 1e-13;

    private CommonShock() {}

    /**
     * The smallest common move that liquidates, as a fraction of prices; negative is a fall.
     *
     * @return 0 where the pool is past its line already; {@link LinearMargin#NONE} where neither a fall to nothing nor a
     *     rise to ten times does it
     */
    static double nearest(MarginPool pool, Prices prices) {
        Set<String> pegged = pegged(pool);
        DoubleUnaryOperator surplus = move -> pool.surplus(new Moved(prices, 1 + move, pegged));
        if (surplus.applyAsDouble(0) < 0) {
            return 0;
        }
        double fall = root(surplus, DEEPEST);
        double rise = root(surplus, HIGHEST);
        if (Double.isNaN(fall)) {
            return rise;
        }
        return Double.isNaN(rise) || -fall <= rise ? fall : rise;
    }

    private static Set<String> pegged(MarginPool pool) {
        Set<String> pegged = new HashSet<>();
        for (Balance coin : pool.coins()) {
            String market = coin.market();
            if (market != null && coin.peggedToUsd()) {
                pegged.add(market);
            }
        }
        return pegged;
    }

    /** Where the surplus leaves 0 between no move and a farthest one; NaN where it does not. */
    private static double root(DoubleUnaryOperator surplus, double farthest) {
        double safe = 0;
        double unsafe = farthest;
        double surplusThere = surplus.applyAsDouble(unsafe);
        if (surplusThere >= 0) {
            return LinearMargin.NONE;
        }
        double surplusHere = surplus.applyAsDouble(safe);
        double rounding = ROUNDING * surplusHere;
        for (int step = 0; step < MOST_STEPS && Math.abs(unsafe - safe) > PRECISION; step++) {
            // The chord is exact where the surplus is linear; halving in between keeps the bracket closing.
            double chord = safe + (unsafe - safe) * surplusHere / (surplusHere - surplusThere);
            double next = step % 3 == 2 ? (safe + unsafe) / 2 : chord;
            double there = surplus.applyAsDouble(next);
            if (Math.abs(there) <= rounding) {
                return next;
            }
            if (there < 0) {
                unsafe = next;
                surplusThere = there;
            } else {
                safe = next;
                surplusHere = there;
            }
        }
        return unsafe;
    }

    /** All prices moved by one factor; quote assets stay, and so do stablecoins. */
    private record Moved(Prices prices, double factor, Set<String> pegged) implements Prices {

        @Override
        public double price(String market) {
            return pegged.contains(market) ? prices.price(market) : prices.price(market) * factor;
        }

        @Override
        public double quoteUsd(String market) {
            return prices.quoteUsd(market);
        }
    }
}
