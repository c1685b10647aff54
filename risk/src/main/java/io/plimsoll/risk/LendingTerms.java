package io.plimsoll.risk;

/**
 * How much of a lending account may be liquidated at once. Terms drift: each constant names the version that it states.
 *
 * @param closeFactor share of the debt that one liquidation may repay, above 0, up to 1
 * @param ofTotalDebt the share is taken of the account's debts together; else of the one debt that is repaid
 * @param fullCloseAtHealthFactor all may be repaid at this health factor and below, 0 or more
 * @param fullCloseBelowUsd all may be repaid if the repaid debt, or the seized collateral, is worth less, USD, 0 or more
 * @param leaveAtLeastUsd unless one of them is cleared, debt and collateral must each stay worth this, USD, 0 or more
 */
public record LendingTerms(
        double closeFactor,
        boolean ofTotalDebt,
        double fullCloseAtHealthFactor,
        double fullCloseBelowUsd,
        double leaveAtLeastUsd) {

    /** Aave v3 from version 3.3 on: half, but all where little is left or the account is far under its line. */
    public static final LendingTerms AAVE_V3_3 = new LendingTerms(0.5, true, 0.95, 2000, 1000);

    /** Compound v2: half of the debt that is repaid. */
    public static final LendingTerms COMPOUND_V2 = new LendingTerms(0.5, false, 0, 0, 0);

    /** Compound v3 (Comet): the protocol absorbs the whole account. */
    public static final LendingTerms COMET = new LendingTerms(1, true, 0, 0, 0);

    public LendingTerms {
        if (!(closeFactor > 0 && closeFactor <= 1)) {
            throw new IllegalArgumentException(
                    "close factor is " + closeFactor + ", allowed is more than 0 and up to 1");
        }
        Lending.requireAmount("full close at health factor", fullCloseAtHealthFactor);
        Lending.requireAmount("full close below", fullCloseBelowUsd);
        Lending.requireAmount("leave at least", leaveAtLeastUsd);
    }

    /**
     * Share of the debt that one liquidation may repay: 0 where the account is not liquidatable, else up to 1.
     *
     * @param healthFactor of the account
     * @param collateralUsd value of the account's collateral of the asset that is to be seized
     * @param debtUsd value of the account's debt in the asset that is to be repaid
     */
    public double closeFactor(double healthFactor, double collateralUsd, double debtUsd) {
        Lending.requireAmount("collateral", collateralUsd);
        Lending.requireAmount("debt", debtUsd);
        if (!Lending.isLiquidatable(healthFactor)) {
            return 0;
        }
        boolean all = healthFactor <= fullCloseAtHealthFactor
                || collateralUsd < fullCloseBelowUsd
                || debtUsd < fullCloseBelowUsd;
        return all ? 1 : closeFactor;
    }

    /**
     * Most that one liquidation may repay, USD: never more than the debt that is repaid.
     *
     * @param totalDebtUsd value of all debts of the account; the other parameters as in {@link #closeFactor}
     */
    public double repayableUsd(double healthFactor, double collateralUsd, double debtUsd, double totalDebtUsd) {
        Lending.requireAmount("total debt", totalDebtUsd);
        if (totalDebtUsd < debtUsd) {
            throw new IllegalArgumentException(
                    "total debt is " + totalDebtUsd + ", allowed is the debt that is repaid, " + debtUsd + ", or more");
        }
        double share = closeFactor(healthFactor, collateralUsd, debtUsd);
        if (share == 1) {
            return debtUsd;
        }
        return Math.min(debtUsd, share * (ofTotalDebt ? totalDebtUsd : debtUsd));
    }

    /** Whether a liquidation may leave so much, USD: each of them is cleared, or both are worth enough. */
    public boolean mayLeave(double collateralUsd, double debtUsd) {
        return collateralUsd == 0 || debtUsd == 0 || (collateralUsd >= leaveAtLeastUsd && debtUsd >= leaveAtLeastUsd);
    }
}
