package io.plimsoll.risk.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What a scenario does to a venue.
 *
 * @param tally all that fell; bad debt, what is left, and winners at the landing prices
 * @param insuranceMicroUsd what its insurance fund holds, micro-dollars; null where it is not known, and counts as nothing
 */
public record VenueLoss(VenueTally tally, @Nullable Long insuranceMicroUsd) {

    /** Bad debt beyond the insurance fund: what winners would lose by auto-deleveraging, micro-dollars, >= 0. */
    public long adlMicroUsd() {
        return Math.max(0, tally.badDebtMicroUsd() - (insuranceMicroUsd == null ? 0 : insuranceMicroUsd));
    }

    /** The same as a share of all winners' unrealised profits; above 1 they do not suffice. Null where there are none. */
    public @Nullable Double profitHaircut() {
        long adl = adlMicroUsd();
        if (adl == 0) {
            return 0.0;
        }
        return tally.winnersMicroUsd() == 0 ? null : (Double) (adl / (double) tally.winnersMicroUsd());
    }
}
