package io.plimsoll.risk;

/**
 * Liquidation and bankruptcy prices of linear positions: equity {@code W + s q (p - e)}, maintenance margin
 * {@code m q p - c}.
 *
 * <p>Quantities are in base units and positive, prices in quote units per base unit.
 */
public final class LinearMargin {

    /** No price liquidates the position. */
    public static final double NONE = Double.NaN;

    /** Where a short is put whose line lies at or below zero: every price liquidates it. */
    public static final double LOWEST_PRICE = 1e-12;

    private LinearMargin() {}

    /**
     * Price at which equity equals maintenance margin, with the tier that holds <em>at that price</em>:
     * {@code (e - s W/q - s c/q) / (1 - s m)}. Does not depend on the mark price.
     *
     * @param freeCashUsd W: the position's own collateral if isolated; if cross, the account's collateral plus the
     *     unrealised profit of its other positions less their maintenance margin. May be negative.
     * @return {@link #NONE} for a long that no price above zero liquidates; {@link #LOWEST_PRICE} for a short that every
     *     price liquidates
     */
    public static double liquidationPrice(
            Side side, double quantity, double entryPrice, double freeCashUsd, MarginTable table) {
        int s = side.sign();
        double price = NONE;
        for (int tier = 0; tier < table.tiers(); tier++) {
            price = (entryPrice - s * freeCashUsd / quantity - s * table.deductionUsd(tier) / quantity)
                    / (1 - s * table.rate(tier));
            // Notional at the candidate only falls from tier to tier where maintenance is convex, so the first tier
            // whose ceiling is not passed is the one that holds.
            if (quantity * price < table.ceilingUsd(tier)) {
                break;
            }
        }
        return orBoundary(side, price);
    }

    /** Price at which equity is zero: {@code e - s W/q}; same boundaries as {@link #liquidationPrice}. */
    public static double bankruptcyPrice(Side side, double quantity, double entryPrice, double cashUsd) {
        return orBoundary(side, entryPrice - side.sign() * cashUsd / quantity);
    }

    private static double orBoundary(Side side, double price) {
        if (price > 0) {
            return price;
        }
        return side == Side.LONG ? NONE : LOWEST_PRICE;
    }
}
