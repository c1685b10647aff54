package io.plimsoll.risk;

/**
 * Liquidation and bankruptcy prices of linear positions: equity {@code W + s q (p - e)}, maintenance margin
 * {@code m q p - c}.
 *
 * <p>Quantities are in base units and positive, prices in quote units per base unit, money in quote units.
 */
public final class LinearMargin {

    /** No price liquidates the position. */
    public static final double NONE = Double.NaN;

    /** Where a short is put whose line lies at or below zero: every price liquidates it. */
    public static final double LOWEST_PRICE = 1e-12;

    /** Where a long is put that every price liquidates: above all real prices. */
    public static final double HIGHEST_PRICE = 1e12;

    /** A long's line below this share of its entry price is rounding: it is paid in full. */
    private static final double PAID_IN_FULL = 1e-12;

    private LinearMargin() {}

    /**
     * Price at which equity equals maintenance margin, with the tier that holds <em>at that price</em>:
     * {@code (e - s W/q - s c/q) / (1 - s m)}. Does not depend on the mark price.
     *
     * @param freeCash W: the position's own collateral if isolated; if cross, the account's collateral plus the
     *     unrealised profit of its other positions less their maintenance margin. May be negative.
     * @return {@link #NONE} for a long that no price above zero liquidates; {@link #LOWEST_PRICE} for a short that every
     *     price liquidates
     */
    public static double liquidationPrice(
            Side side, double quantity, double entryPrice, double freeCash, MarginTable table) {
        if (table.curvature() != 0) {
            return orBoundary(side, entryPrice, curvedLine(side, quantity, entryPrice, freeCash, table));
        }
        if (!table.isContinuous()) {
            return orBoundary(side, entryPrice, lineOfJumps(side, quantity, entryPrice, freeCash, table));
        }
        double price = NONE;
        for (int tier = 0; tier < table.tiers(); tier++) {
            price = lineOfTier(side, quantity, entryPrice, freeCash, table, tier);
            // Notional at the candidate only falls from tier to tier where maintenance is convex, so the first tier
            // whose ceiling is not passed is the one that holds.
            if (quantity * price < table.ceiling(tier)) {
                break;
            }
        }
        return orBoundary(side, entryPrice, price);
    }

    private static double lineOfTier(
            Side side, double quantity, double entryPrice, double freeCash, MarginTable table, int tier) {
        int s = side.sign();
        return (entryPrice - s * freeCash / quantity - s * table.deduction(tier) / quantity)
                / (1 - s * table.rate(tier));
    }

    /**
     * The same where maintenance jumps at the floors of tiers. It may then be met more than once: the line is where a
     * price that comes from far on the safe side first is past it, which may be a floor itself.
     */
    private static double lineOfJumps(
            Side side, double quantity, double entryPrice, double freeCash, MarginTable table) {
        int last = table.tiers() - 1;
        for (int i = 0; i < last; i++) {
            int tier = side == Side.LONG ? last - i : i;
            double price = lineOfTier(side, quantity, entryPrice, freeCash, table, tier);
            if (side == Side.LONG && quantity * price >= table.floor(tier)) {
                return Math.min(price, table.ceiling(tier) / quantity);
            }
            if (side == Side.SHORT && quantity * price < table.ceiling(tier)) {
                return Math.max(price, table.floor(tier) / quantity);
            }
        }
        int farthest = side == Side.LONG ? 0 : last;
        double price = lineOfTier(side, quantity, entryPrice, freeCash, table, farthest);
        return side == Side.LONG
                ? Math.min(price, table.ceiling(0) / quantity)
                : Math.max(price, table.floor(last) / quantity);
    }

    /**
     * The same where maintenance is {@code m n + k n^2} of the notional n: of the two prices at which equity meets it,
     * the one that a falling price reaches first for a long, a rising one for a short. (A long has another one far
     * above, where maintenance outgrows profit; no venue's sizes come near it.)
     */
    private static double curvedLine(
            Side side, double quantity, double entryPrice, double freeCash, MarginTable table) {
        int s = side.sign();
        // -a n^2 + b n + c = 0
        double a = table.curvature();
        double b = s - table.rate(0);
        double c = freeCash - s * quantity * entryPrice + table.deduction(0);
        double discriminant = b * b + 4 * a * c;
        if (discriminant < 0) {
            // Equity is below maintenance everywhere.
            return side == Side.LONG ? HIGHEST_PRICE : LOWEST_PRICE;
        }
        double root = Math.sqrt(discriminant);
        // Written so that no two close numbers are subtracted.
        double notional = side == Side.LONG ? -2 * c / (b + root) : 2 * c / (-b + root);
        return notional / quantity;
    }

    /** Price at which equity is zero: {@code e - s W/q}; same boundaries as {@link #liquidationPrice}. */
    public static double bankruptcyPrice(Side side, double quantity, double entryPrice, double cash) {
        return orBoundary(side, entryPrice, entryPrice - side.sign() * cash / quantity);
    }

    private static double orBoundary(Side side, double entryPrice, double price) {
        if (side == Side.LONG) {
            return price > Math.abs(entryPrice) * PAID_IN_FULL ? price : NONE;
        }
        return price > 0 ? price : LOWEST_PRICE;
    }
}
