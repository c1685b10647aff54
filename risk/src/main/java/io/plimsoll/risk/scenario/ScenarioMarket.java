package io.plimsoll.risk.scenario;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.cascade.Impact;
import org.jspecify.annotations.Nullable;

/**
 * A market before the shock.
 *
 * @param market venue:symbol
 * @param baseAsset asset whose shocks it follows
 * @param lotSize what a lot is; impacts count in its sizes: base units, or face value where inverse
 * @param price quote units, > 0
 * @param quoteUsd US dollars per quote unit, > 0; stays what it is
 * @param down what forced sales do to the price at today's depth; null where nothing is known: they leave it where it is
 * @param up what forced purchases do to it; null likewise
 */
public record ScenarioMarket(
        String market,
        String baseAsset,
        LotSize lotSize,
        double price,
        double quoteUsd,
        @Nullable Impact down,
        @Nullable Impact up) {

    public ScenarioMarket {
        if (!(price > 0) || price == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("price of " + market + " is " + price + ", allowed is a number above 0");
        }
    }
}
