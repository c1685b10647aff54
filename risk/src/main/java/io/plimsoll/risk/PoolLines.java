package io.plimsoll.risk;

/**
 * The liquidation and bankruptcy prices of a pool's positions: for each, where the line is crossed if only its own market
 * moves. Where a market has no price yet, its position is taken at its entry price and a coin at its record's price.
 */
public final class PoolLines {

    private final MarginPool pool;
    private final double[] price;
    private final double[] unit;
    private final double[] profit;
    private final double[] maintenance;
    private final double equityOfCash;
    private final double marginOfCash;

    private PoolLines(MarginPool pool, double[] price, double[] unit, double equityOfCash, double marginOfCash) {
        this.pool = pool;
        this.price = price;
        this.unit = unit;
        this.profit = new double[price.length];
        this.maintenance = new double[price.length];
        for (int i = 0; i < price.length; i++) {
            profit[i] = unit[i] * pool.exposure(i).profit(price[i]);
            maintenance[i] = unit[i] * pool.exposure(i).maintenance(price[i]);
        }
        this.equityOfCash = equityOfCash;
        this.marginOfCash = marginOfCash;
    }

    static PoolLines of(MarginPool pool, Prices prices) {
        int count = pool.positions().size();
        double[] price = new double[count];
        double[] unit = new double[count];
        for (int i = 0; i < count; i++) {
            OpenPosition position = pool.positions().get(i);
            double known = prices.price(position.market());
            price[i] = Double.isNaN(known) ? position.entryPrice() : known;
            unit[i] = pool.unit(i, prices);
        }
        double equity = pool.fixedEquity();
        double margin = pool.fixedMargin();
        for (Balance coin : pool.coins()) {
            double value = coin.quantity() * MarginPool.knownCoinPrice(coin, prices);
            equity += value;
            margin += value * coin.marginFactor();
        }
        return new PoolLines(pool, price, unit, equity, margin);
    }

    /**
     * Where the pool is liquidated, by the price of one position's market.
     *
     * @return quote units; {@link LinearMargin#NONE} where no price does it
     */
    public double liquidationPrice(int position) {
        double rest = marginOfCash + withoutOne(profit, position) - withoutOne(maintenance, position);
        return pool.exposure(position).liquidationPrice(rest / unit[position], price[position]);
    }

    /** Where its equity is zero. */
    public double bankruptcyPrice(int position) {
        double rest = equityOfCash + withoutOne(profit, position);
        return pool.exposure(position).bankruptcyPrice(rest / unit[position], price[position]);
    }

    private static double withoutOne(double[] values, int left) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (i != left) {
                sum += values[i];
            }
        }
        return sum;
    }
}
