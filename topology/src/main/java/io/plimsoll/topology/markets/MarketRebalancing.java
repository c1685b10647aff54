package io.plimsoll.topology.markets;

import io.plimsoll.risk.cascade.Rebalancing;

/**
 * What the funds of a market that go back to a leverage add up to.
 *
 * @param strategies count
 * @param oldestMs event time of the oldest of their records, epoch milliseconds
 */
record MarketRebalancing(Rebalancing sum, int strategies, long oldestMs) {

    static final MarketRebalancing NONE = new MarketRebalancing(Rebalancing.NONE, 0, Long.MAX_VALUE);

    /** With one more. */
    MarketRebalancing plus(Rebalancing one, long timeMs) {
        return new MarketRebalancing(sum.plus(one), strategies + 1, Math.min(oldestMs, timeMs));
    }
}
