package io.plimsoll.topology.measures;

import io.plimsoll.risk.volatility.EquityAtRisk;
import io.plimsoll.risk.volatility.LeverageEffect;
import io.plimsoll.risk.volatility.RealisedVolatility;
import io.plimsoll.risk.volatility.ReturnSeries;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a market's remembered prices come to. Worked out where a step of a grid has begun, not with every record.
 */
final class PriceHistory {

    private static final int HOURS_OF_DAY = 24;

    /**
     * Volatility of a horizon.
     *
     * @param volatility null where too little is known
     * @param spanMs event time that is known
     * @param returns so many are known
     */
    record Horizon(long horizonMs, @Nullable RealisedVolatility volatility, long spanMs, int returns) {}

    private final Map<Grid, Long> measuredMs = new EnumMap<>(Grid.class);
    private final Map<Grid, Horizon> horizons = new EnumMap<>(Grid.class);
    private @Nullable LeverageEffect effect;
    private EquityAtRisk.@Nullable History losses;
    private int samples;

    /** Takes up what has been remembered since. */
    void update(MarketHistory history) {
        for (Grid grid : Grid.values()) {
            long newestMs = history.newestMs(grid);
            Long before = measuredMs.put(grid, newestMs);
            if (before == null || before != newestMs) {
                measure(grid, history.values(grid, Series.PRICE));
            }
        }
    }

    private void measure(Grid grid, double[] prices) {
        int points = Math.min(prices.length, grid.horizonSteps() + 1);
        ReturnSeries returns =
                ReturnSeries.of(Arrays.copyOfRange(prices, prices.length - points, prices.length), grid.stepMs());
        long horizonMs = grid.horizonSteps() * grid.stepMs();
        boolean enough = returns.spanMs() >= horizonMs / Grid.LEAST_PART;
        horizons.put(
                grid,
                new Horizon(
                        horizonMs, enough ? RealisedVolatility.of(returns) : null, returns.spanMs(), returns.size()));
        if (grid == Grid.HOURS) {
            effect = LeverageEffect.of(returns);
            double[] dailyReturns = IntStream.range(HOURS_OF_DAY, prices.length)
                    .mapToDouble(i -> StrictMath.log(prices[i] / prices[i - HOURS_OF_DAY]))
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            samples = dailyReturns.length;
            losses = EquityAtRisk.History.of(dailyReturns);
        }
    }

    /** The horizons, the shortest first. */
    Iterable<Horizon> horizons() {
        return horizons.values();
    }

    /** What the volatility of a day is taken from: that of a day, else of 30 days; null where neither is known. */
    @Nullable
    Horizon ofDay() {
        for (Grid grid : new Grid[] {Grid.FIVE_MINUTES, Grid.HOURS}) {
            Horizon horizon = horizons.get(grid);
            if (horizon != null && horizon.volatility() != null) {
                return horizon;
            }
        }
        return null;
    }

    /** Of the hours of 30 days; null where too little is known. */
    @Nullable
    LeverageEffect effect() {
        return effect;
    }

    /** What a day cost, at each hour of 30 days; null where too little is known. */
    EquityAtRisk.@Nullable History losses() {
        return losses;
    }

    /** Daily returns that are known of 30 days, one for each hour. */
    int dailyReturns() {
        return samples;
    }
}
