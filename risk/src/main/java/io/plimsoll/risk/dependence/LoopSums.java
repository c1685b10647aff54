package io.plimsoll.risk.dependence;

import io.plimsoll.risk.scenario.Saturating;

/**
 * Looped loans together. Adding is exact and stops at the largest number.
 *
 * @param loans count
 * @param collateralMicroUsd micro-dollars, >= 0
 * @param debtMicroUsd of which borrowed against itself, micro-dollars, 0 to the collateral
 */
public record LoopSums(long loans, long collateralMicroUsd, long debtMicroUsd) {

    /** No loan. */
    public static final LoopSums NONE = new LoopSums(0, 0, 0);

    /** Both together. */
    public LoopSums plus(LoopSums other) {
        return new LoopSums(
                loans + other.loans,
                Saturating.add(collateralMicroUsd, other.collateralMicroUsd),
                Saturating.add(debtMicroUsd, other.debtMicroUsd));
    }
}
