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

    /**
     * Collateral per unit of one's own, >= 1; infinite where nothing is one's own, NaN without collateral. With n rounds at a
     * loan-to-value l it is {@code (1 - l^(n+1)) / (1 - l)}.
     */
    public double multiplier() {
        return (double) collateralMicroUsd / (collateralMicroUsd - debtMicroUsd);
    }

    /** Both together. */
    public LoopSums plus(LoopSums other) {
        return new LoopSums(
                loans + other.loans,
                Saturating.add(collateralMicroUsd, other.collateralMicroUsd),
                Saturating.add(debtMicroUsd, other.debtMicroUsd));
    }
}
