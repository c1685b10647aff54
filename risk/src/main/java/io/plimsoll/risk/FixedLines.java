package io.plimsoll.risk;

import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The prices at which a pool that one price moves changes its state: they stand still until its account changes.
 *
 * @param market whose price it is
 * @param side LONG where a falling price hurts
 * @param atRatio price at which the requirement is a given share of the backing; NaN where none is
 * @param bankruptcy price at which equity is zero; NaN where none is
 */
record FixedLines(String market, Side side, DoubleUnaryOperator atRatio, double bankruptcy) {

    /**
     * The lines of a pool.
     *
     * @param lowestLevel lowest margin ratio that matters
     * @return null where more than one price moves it, or its lines are not single prices
     */
    static @Nullable FixedLines of(MarginPool pool, Prices prices, double lowestLevel) {
        if (pool.movers() != 1) {
            return null;
        }
        return pool.isLoan() ? ofCoin(pool, prices) : ofPosition(pool, prices, lowestLevel);
    }

    private static @Nullable FixedLines ofPosition(MarginPool pool, Prices prices, double lowestLevel) {
        Exposure exposure = pool.exposure(0);
        if (!exposure.hasFixedLines(lowestLevel)) {
            return null;
        }
        double unit = pool.unit(0, prices);
        double rest = pool.fixedMargin() / unit;
        return new FixedLines(
                pool.positions().get(0).market(),
                exposure.side(),
                level -> exposure.priceAtRatio(level, rest),
                exposure.bankruptcyPrice(pool.fixedEquity() / unit, Double.NaN));
    }

    /** A loan with one coin: owned against fixed debt, or owed against fixed collateral. */
    private static @Nullable FixedLines ofCoin(MarginPool pool, Prices prices) {
        Balance coin = pool.coins().get(0);
        String market = coin.market();
        double perUnit = coin.quantity() * coin.marginFactor();
        if (market == null || perUnit == 0) {
            return null;
        }
        double quote = prices.quoteUsd(market);
        double owned = pool.fixedMargin() + pool.fixedDebt();
        double owed = pool.fixedDebt();
        boolean isDebt = coin.quantity() < 0;
        return new FixedLines(
                market,
                isDebt ? Side.SHORT : Side.LONG,
                level -> price((isDebt ? owed - level * owned : owed / level - owned) / perUnit / quote),
                price(-pool.fixedEquity() / coin.quantity() / quote));
    }

    private static double price(double price) {
        return price > 0 ? price : LinearMargin.NONE;
    }
}
