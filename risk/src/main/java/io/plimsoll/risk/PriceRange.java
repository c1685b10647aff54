package io.plimsoll.risk;

/**
 * A lowest and a highest price of each market, and what pools are worth where every position and coin is taken at the one
 * that hurts it. Margin surplus is concave in each price where margin tables are continuous, so nowhere in between is a
 * pool worse off; of an option with gamma it may be.
 *
 * <p>With both prices the same this is the pool at those prices.
 *
 * @param low lowest prices
 * @param high highest prices, nowhere below the lowest; quote assets are taken from the lowest
 */
public record PriceRange(Prices low, Prices high) {

    /** Both ends at the same prices. */
    public static PriceRange at(Prices prices) {
        return new PriceRange(prices, prices);
    }

    /** Least {@link MarginPool#surplus} within, in the pool's unit; the pool falls where it is below 0. */
    public double surplus(MarginPool pool) {
        boolean loan = pool.isLoan();
        double backing = loan ? pool.cash().heldMargin() : pool.cash().margin();
        double requirement = loan ? pool.cash().debt() : 0;
        int positions = pool.positions().size();
        for (int i = 0; i < positions; i++) {
            Prices worst = worstForSurplus(pool, i);
            backing += pool.profit(i, worst);
            requirement += pool.maintenance(i, worst);
        }
        for (Balance coin : pool.coins()) {
            if (!loan || coin.quantity() > 0) {
                backing += coin.quantity() * coin.marginFactor() * coinPrice(coin);
            } else {
                requirement -= coin.quantity() * coinPrice(coin);
            }
        }
        return backing - requirement;
    }

    /** Least {@link MarginPool#equity} within, in the pool's unit. */
    public double equity(MarginPool pool) {
        double sum = pool.cash().equity();
        for (int i = 0; i < pool.positions().size(); i++) {
            sum += profit(pool, i);
        }
        for (Balance coin : pool.coins()) {
            sum += coin.quantity() * coinPrice(coin);
        }
        return sum;
    }

    /** Least profit of a position at either end, in the pool's unit. */
    public double profit(MarginPool pool, int position) {
        double atLow = pool.profit(position, low);
        return low == high ? atLow : Math.min(atLow, pool.profit(position, high));
    }

    /** Whether all prices that a pool needs are known. */
    public boolean prices(MarginPool pool) {
        return pool.isPriced(low);
    }

    private Prices worstForSurplus(MarginPool pool, int position) {
        if (low == high) {
            return low;
        }
        String market = pool.positions().get(position).market();
        Exposure exposure = pool.exposure(position);
        return exposure.surplus(low.price(market)) <= exposure.surplus(high.price(market)) ? low : high;
    }

    private double coinPrice(Balance coin) {
        return MarginPool.coinPrice(coin, coin.quantity() > 0 ? low : high);
    }
}
