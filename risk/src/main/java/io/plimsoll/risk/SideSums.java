package io.plimsoll.risk;

/**
 * Sums over the positions of one side.
 *
 * @param positions count
 * @param lots size, >= 0
 * @param entryAmount sum of sizes at their entry prices, counted amounts of the settle asset, >= 0
 * @param cashMicroUsd sum of collateral in US dollars attributed; may be negative
 * @param settleCash sum of collateral in the settle asset attributed, counted amounts; may be negative
 * @param unliquidatableLots size that no price liquidates, >= 0
 */
public record SideSums(
        int positions, long lots, long entryAmount, long cashMicroUsd, long settleCash, long unliquidatableLots) {

    public static final SideSums NONE = new SideSums(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public SideSums plus(SideSums other) {
        return combined(other, 1);
    }

    /** This without the other. */
    public SideSums minus(SideSums other) {
        return combined(other, -1);
    }

    private SideSums combined(SideSums other, int sign) {
        return new SideSums(
                positions + sign * other.positions,
                Math.addExact(lots, sign * other.lots),
                Math.addExact(entryAmount, sign * other.entryAmount),
                Math.addExact(cashMicroUsd, sign * other.cashMicroUsd),
                Math.addExact(settleCash, sign * other.settleCash),
                Math.addExact(unliquidatableLots, sign * other.unliquidatableLots));
    }
}
