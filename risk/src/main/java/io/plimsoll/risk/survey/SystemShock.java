package io.plimsoll.risk.survey;

import java.util.List;

/**
 * What a common shock comes to, between the two readings of the ladder.
 *
 * @param shock fraction of all prices, negative for a fall
 * @param best the optimistic landing
 * @param worst the pessimistic landing
 * @param counterUsd what those who fall in the worst trade the other way: hedges that are bought back in a fall, sold in a
 *     rise; USD, >= 0, moves no price here
 * @param exhaustedWeight share of open interest in markets whose book does not hold the forced volume of the worst, 0 to 1;
 *     their move is taken as the farthest that prices go
 * @param markets forced trades of the worst by market, the largest first; those without terms are not among them
 */
public record SystemShock(
        double shock,
        Landing best,
        Landing worst,
        double counterUsd,
        double exhaustedWeight,
        List<MarketForced> markets) {

    /**
     * Where the common factor rests.
     *
     * @param move whole move of it, fraction of prices, >= 0
     * @param endogenous move beyond the shock, ln(1 + move), >= 0
     * @param amplification whole move over the shock, both in ln(1 + move), >= 1
     * @param forcedUsd forced sales (in a rise, purchases) at the prices before, USD
     * @param fallers who falls
     * @param badDebtUsd what fallen pools owe beyond their collateral if all prices rest there, USD, >= 0
     * @param beyondRange whether that is past the last bucket, who falls out there not being known: then all is at least so
     *     much
     */
    public record Landing(
            double move,
            double endogenous,
            double amplification,
            double forcedUsd,
            Fallers fallers,
            double badDebtUsd,
            boolean beyondRange) {}

    /**
     * Forced trades of one market.
     *
     * @param forcedUsd forced sales (in a rise, purchases) at the price before, USD
     * @param counterUsd trades the other way of the same pools, USD
     * @param move of its price by the former, ln(price), >= 0; 0 where its impact is not known
     */
    public record MarketForced(String market, double forcedUsd, double counterUsd, double move) {}
}
