package io.plimsoll.risk.scenario;

import java.util.List;
import java.util.SortedMap;

/**
 * How a scenario ends.
 *
 * @param mode which forced trades moved prices
 * @param settled true where nobody fell in the last round; false where the number of rounds was at its limit
 * @param rounds rounds in which somebody fell, count
 * @param path all rounds, the last one too
 * @param markets markets whose price was shocked or that had forced trades, by name
 * @param venues what happened at each
 * @param accountsJudged accounts that were looked at
 * @param poolsUnpriced pools of theirs that could not be judged, as a price was missing
 */
public record RunOutcome(
        RoundMode mode,
        boolean settled,
        int rounds,
        List<RoundStep> path,
        List<MarketLanding> markets,
        SortedMap<String, VenueLoss> venues,
        long accountsJudged,
        long poolsUnpriced) {

    /** All venues together; the insurance of one does not help another. */
    public VenueTally total() {
        VenueTally total = VenueTally.NONE;
        for (VenueLoss venue : venues.values()) {
            total = total.plus(venue.tally());
        }
        return total;
    }
}
