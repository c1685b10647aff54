package io.plimsoll.risk.distribution;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.distribution.LeverageDistribution.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How leverage and sizes are spread over a market's positions, at a price.
 *
 * @param quantiles of leverage, rising
 * @param bands positions that have equity, by leverage, rising and without gaps
 * @param withoutEquity positions whose equity is not above 0
 * @param gini Gini coefficient of sizes over both sides, 0 to 1, up to {@link SizeInequality#ERROR} too small; null: no position
 * @param longAboveMax share of longs' notional beyond the highest leverage that may be opened, those without equity too;
 *     0 to 1; null where that is not known, or there is no long
 * @param shortAboveMax the same of shorts
 */
public record MarketDistribution(
        List<Quantile> quantiles,
        List<Band> bands,
        Amounts withoutEquity,
        @Nullable Double gini,
        @Nullable Double longAboveMax,
        @Nullable Double shortAboveMax) {

    private static final int[] PERCENTS = {10, 25, 50, 75, 90, 95, 99};
    private static final double[] EDGES = {0, 1, 2, 3, 5, 10, 20, 50, 100, Double.POSITIVE_INFINITY};

    /**
     * Leverages that a part of a side does not exceed. Null: no position, or no equity at that place.
     *
     * @param percent of the side
     * @param longBySize of longs' notional
     * @param shortBySize of shorts' notional
     * @param longByPositions of the number of longs
     * @param shortByPositions of the number of shorts
     */
    public record Quantile(
            int percent,
            @Nullable Double longBySize,
            @Nullable Double shortBySize,
            @Nullable Double longByPositions,
            @Nullable Double shortByPositions) {}

    /**
     * Some positions.
     *
     * @param longMicroUsd notional of longs, >= 0
     * @param shortMicroUsd notional of shorts, >= 0
     * @param longPositions count
     * @param shortPositions count
     */
    public record Amounts(long longMicroUsd, long shortMicroUsd, int longPositions, int shortPositions) {}

    /**
     * Positions of leverages from one up to below another.
     *
     * @param from lowest leverage, >= 0
     * @param below above the highest; infinite in the last
     */
    public record Band(double from, double below, Amounts amounts) {}

    /**
     * Measures a market.
     *
     * @param equityLines size by cell of the equity line, rising
     * @param sizes size by cell of size, rising
     * @param markPrice quote units per base unit, > 0
     * @param quoteUsd US dollars per unit of the quote asset, > 0
     * @param maxLeverage highest leverage that may be opened; null where not stated
     * @throws ArithmeticException where a notional is beyond +-9.2e12 USD
     */
    public static MarketDistribution of(
            List<Ladder.Rung> equityLines,
            List<Ladder.Rung> sizes,
            Contract contract,
            double markPrice,
            double quoteUsd,
            @Nullable Double maxLeverage) {
        LeverageDistribution longs = LeverageDistribution.of(Side.LONG, contract.shape(), equityLines, markPrice);
        LeverageDistribution shorts = LeverageDistribution.of(Side.SHORT, contract.shape(), equityLines, markPrice);
        List<Band> bands = new ArrayList<>(EDGES.length);
        for (int i = 0; i + 1 < EDGES.length; i++) {
            double from = EDGES[i];
            double below = EDGES[i + 1];
            bands.add(new Band(
                    from,
                    below,
                    amounts(longs.between(from, below), shorts.between(from, below), contract, markPrice, quoteUsd)));
        }
        return new MarketDistribution(
                quantiles(longs, shorts),
                bands,
                amounts(longs.withoutEquity(), shorts.withoutEquity(), contract, markPrice, quoteUsd),
                SizeInequality.gini(sizes),
                shareAbove(longs, maxLeverage),
                shareAbove(shorts, maxLeverage));
    }

    private static List<Quantile> quantiles(LeverageDistribution longs, LeverageDistribution shorts) {
        List<Quantile> quantiles = new ArrayList<>(PERCENTS.length);
        for (int percent : PERCENTS) {
            quantiles.add(new Quantile(
                    percent,
                    longs.quantileOfSize(percent),
                    shorts.quantileOfSize(percent),
                    longs.quantileOfPositions(percent),
                    shorts.quantileOfPositions(percent)));
        }
        return quantiles;
    }

    private static Amounts amounts(Part longs, Part shorts, Contract contract, double markPrice, double quoteUsd) {
        return new Amounts(
                contract.notionalMicroUsd(longs.lots(), markPrice, quoteUsd),
                contract.notionalMicroUsd(shorts.lots(), markPrice, quoteUsd),
                longs.positions(),
                shorts.positions());
    }

    private static @Nullable Double shareAbove(LeverageDistribution side, @Nullable Double maxLeverage) {
        return maxLeverage == null || side.lots() == 0
                ? null
                : (Double) (1 - (double) side.between(0, maxLeverage).lots() / side.lots());
    }
}
