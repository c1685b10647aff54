package io.plimsoll.risk.dependence;

/**
 * Collateral that is borrowed against in what it is itself: staked ETH against ETH.
 *
 * @param backing value of the collateral at liquidation thresholds, in any unit, >= 0
 * @param surplus what the whole account could lose of its backing before it is liquidated, in that unit; below 0: it may be
 *     liquidated now. Of an account that is nothing but the loop: backing - debt
 */
public record LoopedLoan(double backing, double surplus) {

    /**
     * By how much the collateral's price has to fall against the debt's until the account may be liquidated, a fraction: 0
     * where it may be now, infinite where no fall does it.
     */
    public double unwindingFall() {
        if (surplus <= 0) {
            return 0;
        }
        double fall = surplus / backing;
        return fall <= 1 ? fall : Double.POSITIVE_INFINITY;
    }
}
