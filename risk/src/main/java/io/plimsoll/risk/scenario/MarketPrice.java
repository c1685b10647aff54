package io.plimsoll.risk.scenario;

import io.plimsoll.risk.cascade.Impact;
import org.jspecify.annotations.Nullable;

/** The price of one market in the rounds of a scenario, as a function of its forced trades. */
final class MarketPrice {

    /** A price never falls below a thousandth of what the shock made of it, also where the book is exhausted. */
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
        boolean exhausted = fall(gross ? flow.sellLots() : Math.max(0, net)) >= DEEPEST_FALL
                || rise(gross ? flow.buyLots() : Math.max(0, -net)) >= HIGHEST_RISE;
        return new MarketLanding(
                market.market(),
                market.price(),
                shocked,
                low,
                high,
                flow,
                market.lotSize().size(flow.sellLots()),
                market.lotSize().size(flow.buyLots()),
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
        return impact == null || lots == 0 ? 0 : impact.move(market.lotSize().size(lots));
    }
}
