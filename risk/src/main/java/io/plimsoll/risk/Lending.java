package io.plimsoll.risk;

import java.util.List;

/**
 * Accounts that borrow against collateral: Aave, and Compound alike.
 *
 * <p>Collateral and debts are in one unit of account, of which prices are: US dollars, or ETH in Aave v2. A debt's own
 * price moves the account as well; the prices here are what collateral may fall to while debts stay.
 */
public final class Lending {

    private Lending() {}

    /**
     * Sum of collateral value x liquidation threshold over debt: under 1 the account may be liquidated.
     *
     * @return 0 or more; {@link Double#POSITIVE_INFINITY} without debt
     */
    public static double healthFactor(List<LendingCollateral> collateral, double debt) {
        requireAmount("debt", debt);
        if (debt == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double backing = 0;
        for (LendingCollateral each : collateral) {
            backing += each.value() * each.liquidationThreshold();
        }
        return backing / debt;
    }

    /** Whether an account of this health factor may be liquidated: under 1, not at 1. */
    public static boolean isLiquidatable(double healthFactor) {
        requireNotNegative("health factor", healthFactor);
        return healthFactor < 1;
    }

    /**
     * Price of the only collateral at which the health factor is 1: {@code debt / (quantity x threshold)}.
     *
     * @return 0 without debt; {@link Double#POSITIVE_INFINITY} where there is debt and nothing that counts against it
     */
    public static double liquidationPrice(double quantity, double liquidationThreshold, double debt) {
        requireAmount("quantity of collateral", quantity);
        requireThreshold(liquidationThreshold);
        requireAmount("debt", debt);
        return debt == 0 ? 0 : debt / (quantity * liquidationThreshold);
    }

    /**
     * What a liquidation moves: {@code repaid x debt price x (1 + bonus) / collateral price} is seized. Where the account
     * has less of that collateral, it loses all of it, and so much less is repaid.
     *
     * @param repaid units of the debt asset that the liquidator offers
     * @param collateral what is seized from
     * @param bonus on top of what is repaid, a fraction: 0.05 in many of Aave's markets, 0.08 in Compound v2
     * @param feeShareOfBonus share of the bonus that the protocol keeps, 0 to 1: Aave's liquidation protocol fee
     */
    public static LendingSeizure seize(
            double repaid, double debtPrice, LendingCollateral collateral, double bonus, double feeShareOfBonus) {
        requireAmount("repaid", repaid);
        requireAmount("price of debt", debtPrice);
        requireAmount("liquidation bonus", bonus);
        if (!(feeShareOfBonus >= 0 && feeShareOfBonus <= 1)) {
            throw new IllegalArgumentException(
                    "fee's share of the bonus is " + feeShareOfBonus + ", allowed is 0 to 1");
        }
        double due = repaid * debtPrice * (1 + bonus);
        if (due == 0) {
            return new LendingSeizure(repaid, 0, 0);
        }
        boolean enough = due <= collateral.value();
        double seized = enough ? due / collateral.price() : collateral.quantity();
        double covered = enough ? repaid : collateral.value() / (debtPrice * (1 + bonus));
        double bonusPart = seized - seized / (1 + bonus);
        return new LendingSeizure(covered, seized, feeShareOfBonus * bonusPart);
    }

    /**
     * What Comet leaves of an account that may be liquidated: it takes all collateral at a discount and repays all debt
     * with it.
     *
     * @param liquidationFactor share of the collateral's value that Comet pays for it, 0 to 1
     * @return the account's balance afterwards, in the unit of account: above 0 it is paid out to the account, below 0
     *     the protocol's reserves bear it
     * @throws IllegalArgumentException where the account may not be liquidated
     */
    public static double absorb(List<LendingCollateral> collateral, double liquidationFactor, double debt) {
        if (!(liquidationFactor >= 0 && liquidationFactor <= 1)) {
            throw new IllegalArgumentException("liquidation factor is " + liquidationFactor + ", allowed is 0 to 1");
        }
        double healthFactor = healthFactor(collateral, debt);
        if (!isLiquidatable(healthFactor)) {
            throw new IllegalArgumentException("health factor is " + healthFactor + ", absorbed is only under 1");
        }
        double value = 0;
        for (LendingCollateral each : collateral) {
            value += each.value();
        }
        return value * liquidationFactor - debt;
    }

    /**
     * Collateral over equity after borrowing against collateral and buying more with it, again and again:
     * {@code (1 - l^(n+1)) / (1 - l)}; approaches {@code 1 / (1 - l)}.
     *
     * @param loanToValue l, 0 to less than 1
     * @param loops n, 0 or more
     */
    public static double loopLeverage(double loanToValue, int loops) {
        if (!(loanToValue >= 0 && loanToValue < 1)) {
            throw new IllegalArgumentException("loan to value is " + loanToValue + ", allowed is 0 to less than 1");
        }
        if (loops < 0) {
            throw new IllegalArgumentException("loops is " + loops + ", allowed is 0 or more");
        }
        return (1 - StrictMath.pow(loanToValue, loops + 1.0)) / (1 - loanToValue);
    }

    static void requireAmount(String what, double amount) {
        requireNotNegative(what, amount);
        if (amount == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(what + " is " + amount + ", allowed is a finite number of 0 or more");
        }
    }

    static void requireThreshold(double liquidationThreshold) {
        if (!(liquidationThreshold >= 0 && liquidationThreshold <= 1)) {
            throw new IllegalArgumentException(
                    "liquidation threshold is " + liquidationThreshold + ", allowed is 0 to 1");
        }
    }

    private static void requireNotNegative(String what, double amount) {
        if (!(amount >= 0)) {
            throw new IllegalArgumentException(what + " is " + amount + ", allowed is 0 or more");
        }
    }
}
