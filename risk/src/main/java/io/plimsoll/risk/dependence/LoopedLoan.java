package io.plimsoll.risk.dependence;

/**
 * Collateral that is borrowed against in what it is itself: staked ETH against ETH. Borrowing, and buying more with it, again
 * and again multiplies what one has by collateral / (collateral - debt); with n rounds at a loan-to-value l that is
 * {@code (1 - l^(n+1)) / (1 - l)}.
 *
 * @param collateral value, in any unit, > 0
 * @param backing the same at liquidation thresholds, in that unit
 * @param debt value, in that unit, >= 0
 * @param surplus what the whole account could lose of its backing before it is liquidated, in that unit; below 0: it may be
 *     liquidated now. Of an account that is nothing but the loop: backing - debt
 */
public record LoopedLoan(double collateral, double backing, double debt, double surplus) {

    /** An account that is nothing but the loop. */
    public static LoopedLoan alone(double collateral, double liquidationThreshold, double debt) {
        double backing = collateral * liquidationThreshold;
        return new LoopedLoan(collateral, backing, debt, backing - debt);
    }

    /** Collateral per unit of one's own, >= 1; infinite where nothing is one's own. */
    public double multiplier() {
        return debt < collateral ? collateral / (collateral - debt) : Double.POSITIVE_INFINITY;
    }

    /** Debt over collateral, >= 0. */
    public double loanToValue() {
        return debt / collateral;
    }

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
