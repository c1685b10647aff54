package io.plimsoll.benchmarks;

import io.plimsoll.schemas.avro.Price;
import java.util.SplittableRandom;

/**
 * Prices of all markets as random walks, one tick after the other through the markets. Volatility is that of a lively
 * day: 80 % a year, whatever the rate of ticks.
 */
final class PriceWalk {

    private static final double YEARLY_VOLATILITY = 0.8;
    private static final double SECONDS_PER_YEAR = 365.25 * 86_400;

    private final SplittableRandom random = new SplittableRandom(7);
    private final double[] logPrice = new double[BenchMarkets.COUNT];
    private int next;

    PriceWalk() {
        for (int i = 0; i < logPrice.length; i++) {
            logPrice[i] = Math.log(BenchMarkets.startPrice(i));
        }
    }

    /** Number of the market of the next tick. */
    int nextMarket() {
        return next;
    }

    /**
     * The next tick.
     *
     * @param perSecond rate of ticks over all markets, in event time
     */
    Price tick(double perSecond) {
        int market = next;
        next = (next + 1) % BenchMarkets.COUNT;
        double seconds = BenchMarkets.COUNT / perSecond;
        logPrice[market] += YEARLY_VOLATILITY * Math.sqrt(seconds / SECONDS_PER_YEAR) * random.nextGaussian();
        double mark = Math.exp(logPrice[market]);
        return new Price(
                BenchMarkets.VENUE,
                BenchMarkets.symbol(market),
                mark,
                mark * 1.0001,
                0.000_012_5,
                1.0,
                1e9 / mark,
                1.0,
                null,
                null);
    }
}
