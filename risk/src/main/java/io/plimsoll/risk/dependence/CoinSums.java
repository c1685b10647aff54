package io.plimsoll.risk.dependence;

import io.plimsoll.risk.scenario.Saturating;

/**
 * What accounts of a venue hold and owe of an asset, where something depends on it. Adding is exact and stops at the largest
 * number.
 *
 * @param pools of accounts that own it, count
 * @param ownedMicroUsd value of what is owned, micro-dollars, >= 0
 * @param marginMicroUsd what of it counts as margin, after haircuts, micro-dollars, >= 0
 * @param owedMicroUsd value of what is owed, micro-dollars, >= 0
 */
public record CoinSums(long pools, long ownedMicroUsd, long marginMicroUsd, long owedMicroUsd) {

    /** Both together. */
    public CoinSums plus(CoinSums other) {
        return new CoinSums(
                pools + other.pools,
                Saturating.add(ownedMicroUsd, other.ownedMicroUsd),
                Saturating.add(marginMicroUsd, other.marginMicroUsd),
                Saturating.add(owedMicroUsd, other.owedMicroUsd));
    }
}
