package io.plimsoll.risk;

/**
 * One open position as a part of its pool's margin, as a function of its own price alone. A pool is safe while its cash
 * and the surpluses of its exposures add up to 0 or more.
 *
 * <p>Money is in units of the asset that the position settles in (quote units where linear, coins where inverse), prices
 * are quote units per base unit and above 0. A position is liquidated at its liquidation price or worse: at or below it
 * where it is {@link Side#LONG}, at or above where {@link Side#SHORT}.
 */
public sealed interface Exposure permits LinearExposure, InverseExposure, OptionExposure {

    /** Side of the price that hurts: LONG where a falling price does. */
    Side side();

    /** Unrealised profit at a price, its part of equity; negative is loss. */
    double profit(double price);

    /** Maintenance margin at a price, >= 0. */
    double maintenance(double price);

    /** Number of the margin tier at a price, from 0. */
    int tier(double price);

    /** Size at a price, >= 0. */
    double notional(double price);

    /** Its part of what keeps the pool safe: profit less maintenance margin. */
    default double surplus(double price) {
        return profit(price) - maintenance(price);
    }

    /**
     * Price at which the pool is liquidated if only this price moves, with the tier that holds at that price.
     *
     * @param rest the pool's cash and the surpluses of its other exposures; may be negative
     * @param price present price; only options depend on it
     * @return {@link LinearMargin#NONE} where no price does it; 10^-12 or 10^12 where every price does
     */
    double liquidationPrice(double rest, double price);

    /**
     * Price at which maintenance margin is a given share of the pool's backing if only this price moves; 1 is the
     * liquidation price.
     *
     * @param level above 0
     * @throws UnsupportedOperationException unless {@link #hasFixedLines}
     */
    double priceAtRatio(double level, double rest);

    /** Whether {@link #priceAtRatio} is one price that parts the safe side from the other, at a level and above. */
    boolean hasFixedLines(double level);

    /** Price at which the pool's equity is zero if only this price moves; {@code rest} is equity without this profit. */
    double bankruptcyPrice(double rest, double price);

    /** Bound on the change of profit while the price stays between {@link #low} and {@link #high}, per unit of band. */
    double profitSway(double price);

    /** The same for maintenance margin. */
    double maintenanceSway(double price);

    /** Lower end of a band around a price; {@code band} is a fraction, at most {@link #WIDEST_BAND}. */
    double low(double price, double band);

    /** Upper end of a band around a price. */
    double high(double price, double band);

    /** Bands are never wider: the bounds on sway hold within. */
    double WIDEST_BAND = 0.5;
}
