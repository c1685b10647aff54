package io.plimsoll.risk.scenario;

/**
 * What happens at one venue. Adding is exact and stops at the largest number. Money in micro-dollars.
 *
 * @param accounts accounts of which a pool falls in this round, and none has before
 * @param pools pools that fall in this round
 * @param notionalMicroUsd of these at the prices before the shock: size of positions, value of a loan's collateral
 * @param badDebtMicroUsd of all that have fallen so far, loss beyond their collateral at the prices of this round, >= 0
 * @param equityLeftMicroUsd of all that have fallen so far, what is left at the prices of this round, >= 0
 * @param winnersMicroUsd unrealised profits of those positions that gain and whose pools stand, >= 0
 */
public record VenueTally(
        long accounts,
        long pools,
        long notionalMicroUsd,
        long badDebtMicroUsd,
        long equityLeftMicroUsd,
        long winnersMicroUsd) {

    public static final VenueTally NONE = new VenueTally(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public VenueTally plus(VenueTally other) {
        return new VenueTally(
                Saturating.add(accounts, other.accounts),
                Saturating.add(pools, other.pools),
                Saturating.add(notionalMicroUsd, other.notionalMicroUsd),
                Saturating.add(badDebtMicroUsd, other.badDebtMicroUsd),
                Saturating.add(equityLeftMicroUsd, other.equityLeftMicroUsd),
                Saturating.add(winnersMicroUsd, other.winnersMicroUsd));
    }
}
