package io.plimsoll.risk.scenario;

import io.plimsoll.risk.cascade.Impact;
import org.jspecify.annotations.Nullable;

/**
 * The price of one market in the rounds of a scenario, as a function of its forced trades. Where a book ends the price stays
 * at its end: what finds no depth is not filled, and moves nothing.
 */
final class MarketPrice {

    /** A price never falls below a thousandth of what the shock made of it, whatever a law without an end says. */
    static final double DEEPEST_FALL = StrictMath.log(1000);

    /** Nor does it rise beyond ten times. */
    static final double HIGHEST_RISE = StrictMath.log(10);

    private final ScenarioMarket market;
    private final double shocked;
    private final @Nullable Impact down;
    private final @Nullable Impact up;

    MarketPrice(ScenarioMarket market, ScenarioTerms scenario) {
        this.market = market;
        this.shocked = market.price() * (1 + scenario.shockOf(market.market(), market.baseAsset()));
        this.down = withDepth(market.down(), scenario.depthHaircut());
        this.up = withDepth(market.up(), scenario.depthHaircut());
    }

    private static @Nullable Impact withDepth(@Nullable Impact impact, double share) {
        return impact == null || share == 1 ? impact : impact.withDepth(share);
    }

    double shocked() {
        return shocked;
    }

    double afterSelling(long lots) {
        return shocked * StrictMath.exp(-Math.min(DEEPEST_FALL, fall(lots)));
    }

    double afterBuying(long lots) {
        return shocked * StrictMath.exp(Math.min(HIGHEST_RISE, rise(lots)));
    }

    double afterNet(MarketFlow flow) {
        long net = flow.sellLots() - flow.buyLots();
        return net >= 0 ? afterSelling(net) : afterBuying(-net);
    }

    MarketLanding landing(RoundMode mode, double low, double high, MarketFlow flow) {
        boolean gross = mode == RoundMode.GROSS;
        long net = flow.sellLots() - flow.buyLots();
        long selling = gross ? flow.sellLots() : Math.max(0, net);
        long buying = gross ? flow.buyLots() : Math.max(0, -net);
        double unfilled = unfilled(down, selling) + unfilled(up, buying);
        boolean exhausted = unfilled > 0 || fall(selling) >= DEEPEST_FALL || rise(buying) >= HIGHEST_RISE;
        return new MarketLanding(
                market.market(),
                market.price(),
                shocked,
                low,
                high,
                flow,
                market.lotSize().size(flow.sellLots()),
                market.lotSize().size(flow.buyLots()),
                unfilled,
                exhausted,
                down != null && up != null);
    }

    private double fall(long lots) {
        return move(down, lots);
    }

    private double rise(long lots) {
        return move(up, lots);
    }

    private double move(@Nullable Impact impact, long lots) {
        return impact == null || lots == 0
                ? 0
                : impact.move(Math.min(market.lotSize().size(lots), impact.capacity()));
    }

    private double unfilled(@Nullable Impact impact, long lots) {
        return impact == null ? 0 : Math.max(0, market.lotSize().size(lots) - impact.capacity());
    }
}
