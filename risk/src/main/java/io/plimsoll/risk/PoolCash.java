package io.plimsoll.risk;

/**
 * What a pool holds and owes whose value follows no price, in the pool's unit.
 *
 * @param equity what is held less what is owed
 * @param margin the same after haircuts
 * @param debt what is owed, >= 0
 */
record PoolCash(double equity, double margin, double debt) {

    /** Cash that counts in full and is not lent. */
    static PoolCash of(double amount) {
        return new PoolCash(amount, amount, Math.max(0, -amount));
    }

    /** What is held, after haircuts. */
    double heldMargin() {
        return margin + debt;
    }
}
