package io.plimsoll.risk.survey;

import io.plimsoll.risk.scenario.Saturating;

/**
 * What gives the bad debt of fallen pools at any common move x beyond the one that made them bankrupt: each owes
 * {@code loss x - equity + deficit}. Micro-dollars; adding is exact and stops at the largest number.
 *
 * @param equityMicroUsd sum of the equities before the shock of those that had some, >= 0
 * @param deficitMicroUsd sum of what the others owed before the shock, >= 0
 * @param lossMicroUsd sum of what a move of all prices by 100 % would cost, >= 0
 */
public record DebtTerms(long equityMicroUsd, long deficitMicroUsd, long lossMicroUsd) {

    public static final DebtTerms NONE = new DebtTerms(0, 0, 0);

    /** Both together. */
    public DebtTerms plus(DebtTerms other) {
        return new DebtTerms(
                Saturating.add(equityMicroUsd, other.equityMicroUsd),
                Saturating.add(deficitMicroUsd, other.deficitMicroUsd),
                Saturating.add(lossMicroUsd, other.lossMicroUsd));
    }

    /**
     * Bad debt after a common move, USD; meaningful where all are bankrupt.
     *
     * @param fraction of prices, >= 0
     */
    double owedUsd(double fraction) {
        return (lossMicroUsd * fraction - equityMicroUsd + deficitMicroUsd) / 1e6;
    }
}
