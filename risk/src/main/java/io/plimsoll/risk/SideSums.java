package io.plimsoll.risk;

/**
 * Sums over the positions of one side.
 *
 * @param positions count
 * @param lots size, >= 0
 * @param entryNotionalMicroUsd sum of size times entry price, >= 0
 * @param cashMicroUsd sum of attributed collateral; may be negative
 * @param unliquidatableLots size that no price liquidates, >= 0
 */
public record SideSums(
        int positions, long lots, long entryNotionalMicroUsd, long cashMicroUsd, long unliquidatableLots) {

    public static final SideSums NONE = new SideSums(0, 0, 0, 0, 0);

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
                Math.addExact(entryNotionalMicroUsd, sign * other.entryNotionalMicroUsd),
                Math.addExact(cashMicroUsd, sign * other.cashMicroUsd),
                Math.addExact(unliquidatableLots, sign * other.unliquidatableLots));
    }
}
