package io.plimsoll.risk;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
        double equity = pool.cash().equity();
        double margin = pool.cash().margin();
        for (Balance coin : pool.coins()) {
            double value = coin.quantity() * MarginPool.knownCoinPrice(coin, prices);
            equity += value;
            margin += value * coin.marginFactor();
        }
        return new PoolLines(pool, price, unit, equity, margin);
    }

    /**
     * Where the pool is liquidated, by the price of one position's market. Long and short of one market, in hedge mode, have
     * one line.
     *
     * @return quote units; {@link LinearMargin#NONE} where no price does it
     */
    public double liquidationPrice(int position) {
        int[] legs = legsOf(position);
        double rest = (marginOfCash + without(profit, legs) - without(maintenance, legs)) / unit[position];
        return legs.length > 1
                ? hedge(legs).liquidationPrice(rest, price[position])
                : pool.exposure(position).liquidationPrice(rest, price[position]);
    }

    /** Where its equity is zero. */
    public double bankruptcyPrice(int position) {
        int[] legs = legsOf(position);
        double rest = (equityOfCash + without(profit, legs)) / unit[position];
        return legs.length > 1
                ? hedge(legs).bankruptcyPrice(rest)
                : pool.exposure(position).bankruptcyPrice(rest, price[position]);
    }

    /** The positions whose line it shares, with itself. */
    private int[] legsOf(int position) {
        if (!pool.hasHedges() || !HedgeLine.isLeg(pool.exposure(position))) {
            return new int[] {position};
        }
        List<OpenPosition> positions = pool.positions();
        String market = positions.get(position).market();
        return IntStream.range(0, price.length)
                .filter(i -> positions.get(i).market().equals(market) && HedgeLine.isLeg(pool.exposure(i)))
                .toArray();
    }

    private HedgeLine hedge(int... legs) {
        return HedgeLine.of(Arrays.stream(legs).mapToObj(pool::exposure).toList());
    }

    private static double without(double[] values, int... left) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (!contains(left, i)) {
                sum += values[i];
            }
        }
        return sum;
    }

    private static boolean contains(int[] numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }
}
