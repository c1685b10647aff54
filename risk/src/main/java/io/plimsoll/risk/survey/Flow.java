package io.plimsoll.risk.survey;

import io.plimsoll.risk.scenario.Saturating;

/**
 * Trades in one market, both sides apart, in lots or in micro-dollars as the place says. Adding is exact and stops at the
 * largest number.
 *
 * @param sell sold, >= 0
 * @param buy bought, >= 0
 */
public record Flow(long sell, long buy) {

    public static final Flow NONE = new Flow(0, 0);

    public Flow {
        if (sell < 0 || buy < 0) {
            throw new IllegalArgumentException(
                    "flow is " + sell + " sold and " + buy + " bought, allowed is 0 or more");
        }
    }

    /** Both together. */
    public Flow plus(Flow other) {
        return new Flow(Saturating.add(sell, other.sell), Saturating.add(buy, other.buy));
    }
}
