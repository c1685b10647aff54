package io.plimsoll.risk;

/**
 * Collateral of a lending account.
 *
 * @param quantity units of the asset, >= 0
 * @param price in the unit of account that debts are in, per unit of the asset, >= 0
 * @param liquidationThreshold share of its value that may be owed against it, 0 to 1: Aave's liquidation threshold,
 *     Compound v2's collateral factor, Comet's liquidateCollateralFactor
 */
public record LendingCollateral(double quantity, double price, double liquidationThreshold) {

    public LendingCollateral {
        Lending.requireAmount("quantity of collateral", quantity);
        Lending.requireAmount("price of collateral", price);
        Lending.requireThreshold(liquidationThreshold);
    }

    /** Quantity x price, in the unit of account. */
    public double value() {
        return quantity * price;
    }
}
