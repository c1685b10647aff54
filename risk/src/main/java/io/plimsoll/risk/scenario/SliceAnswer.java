package io.plimsoll.risk.scenario;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one round does to one slice of accounts, or to several together.
 *
 * @param flows forced trades of the pools that fall in this round, by market
 * @param venues what happens by venue
 * @param accountsJudged accounts that were looked at
 * @param poolsUnpriced pools of theirs that could not be judged, as a price was missing
 */
public record SliceAnswer(
        SortedMap<String, MarketFlow> flows,
        SortedMap<String, VenueTally> venues,
        long accountsJudged,
        long poolsUnpriced) {

    public static final SliceAnswer NONE = new SliceAnswer(new TreeMap<>(), new TreeMap<>(), 0, 0);

    public SliceAnswer {
        flows = Collections.unmodifiableSortedMap(flows);
        venues = Collections.unmodifiableSortedMap(venues);
    }

    /** Both together. */
    public SliceAnswer plus(SliceAnswer other) {
        SortedMap<String, MarketFlow> allFlows = new TreeMap<>(flows);
        other.flows.forEach((market, flow) -> allFlows.merge(market, flow, MarketFlow::plus));
        SortedMap<String, VenueTally> allVenues = new TreeMap<>(venues);
        other.venues.forEach((venue, tally) -> allVenues.merge(venue, tally, VenueTally::plus));
        return new SliceAnswer(
                allFlows, allVenues, accountsJudged + other.accountsJudged, poolsUnpriced + other.poolsUnpriced);
    }

    /** Whether anybody falls. */
    public boolean anyFall() {
        for (Map.Entry<String, VenueTally> venue : venues.entrySet()) {
            if (venue.getValue().pools() > 0) {
                return true;
            }
        }
        return false;
    }
}
