package io.plimsoll.risk.cascade;

/**
 * A shock at which the resting price jumps. Prices are in the curve's coordinate, which falls.
 *
 * @param threshold the least far shock that sets it off: exogenous price at and below which it happens
 * @param entry where the price rested with a shock just short of it: the trigger that sets it off, and where the price is
 *     seen when it begins
 * @param landing where it rests then; the floor where nothing stops it
 * @param lots swallowed by the jump
 * @param accounts swallowed by it, count
 * @param rungs swallowed by it
 */
public record TippingPoint(double threshold, double entry, double landing, long lots, int accounts, int rungs) {

    /** How far the resting price jumps, > 0; infinite where nothing stops it. */
    public double gap() {
        return entry - landing;
    }
}
