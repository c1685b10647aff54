package io.plimsoll.risk.scenario;

/**
 * Forced trades in one market. Adding is exact and stops at the largest number.
 *
 * @param sellLots sold, >= 0
 * @param buyLots bought, >= 0
 */
public record MarketFlow(long sellLots, long buyLots) {

    public static final MarketFlow NONE = new MarketFlow(0, 0);

    /** Both together. */
    public MarketFlow plus(MarketFlow other) {
        return new MarketFlow(Saturating.add(sellLots, other.sellLots), Saturating.add(buyLots, other.buyLots));
    }
}
