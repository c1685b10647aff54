package io.plimsoll.risk.cascade;

import org.jspecify.annotations.Nullable;

/**
 * What a shock comes to, between the two readings of the ladder.
 *
 * @param shock fraction of the price, negative for a fall
 * @param best the optimistic landing
 * @param worst the pessimistic landing
 * @param forcedNotionalUsd forced size of the worst at the mark price, USD
 * @param beyondDepth whether that is more than the reported bands hold
 * @param unfilled what the book does not hold of the worst, in the unit of positions
 * @param penaltiesUsd liquidation fees of the worst, USD
 * @param top1 share of the largest position in the forced size of the worst
 * @param top5 of the five largest
 * @param top20 of the twenty largest
 * @param panicPrice deepest price at which the market could rest after the shock, quote units; null where there is no
 *     bottom
 */
public record ShockMeasures(
        double shock,
        Landing best,
        Landing worst,
        double forcedNotionalUsd,
        boolean beyondDepth,
        double unfilled,
        double penaltiesUsd,
        Concentration.Share top1,
        Concentration.Share top5,
        Concentration.Share top20,
        @Nullable Double panicPrice) {

    /**
     * Where the price rests.
     *
     * @param price quote units; null where the book does not hold the volume, as for all that follows from it
     * @param endogenous move beyond the shock, ln(price), >= 0
     * @param amplification whole move over the shock, ln(price), >= 1
     * @param forcedSize size forced to trade, in the unit of positions
     * @param positions liquidated, count
     * @param badDebtUsd if all are closed at the price, USD
     */
    public record Landing(
            @Nullable Double price,
            @Nullable Double endogenous,
            @Nullable Double amplification,
            double forcedSize,
            int positions,
            @Nullable Double badDebtUsd) {}
}
