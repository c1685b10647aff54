package io.plimsoll.risk.cascade;

import io.plimsoll.risk.PriceGrid;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cascade of one market, one direction and one share of depth, if those who rebalance trade on the way too. Positions
 * are observed; that these funds trade so, and in this market, is a model. Immutable.
 */
public final class RebalancedCascade {

    private final DirectionMarket side;
    private final Rebalancing rebalancing;
    private final double depthHaircut;
    private final CascadeBracket curves;

    private RebalancedCascade(DirectionMarket side, Rebalancing rebalancing, TriggerLadder all, double depthHaircut) {
        this.side = side;
        this.rebalancing = rebalancing;
        this.depthHaircut = depthHaircut;
        Impact impact = side.market.impact().of(side.direction).withDepth(depthHaircut);
        this.curves = CascadeBracket.over(all, side.market.lotSize(), impact, side.spot);
    }

    /** The cascades of several shares of the depth. */
    public static List<RebalancedCascade> all(DirectionMarket side, Rebalancing rebalancing, double... depthHaircuts) {
        TriggerLadder all = side.triggers.with(
                rebalancing.lotsByBucket(side.direction, side.market, PriceGrid.LADDER), PriceGrid.LADDER);
        return Arrays.stream(depthHaircuts)
                .mapToObj(haircut -> new RebalancedCascade(side, rebalancing, all, haircut))
                .toList();
    }

    /** Which way prices go. */
    public Direction direction() {
        return side.direction;
    }

    /** Share of depth that remains. */
    public double depthHaircut() {
        return depthHaircut;
    }

    /** Distance of the nearest tipping point, fraction of the mark price; null where there is none. */
    public @Nullable Double tippingDistance(Reading reading) {
        return side.nearestTip(curve(reading));
    }

    private CascadeCurve curve(Reading reading) {
        return reading == Reading.PESSIMISTIC ? curves.pessimistic() : curves.optimistic();
    }

    /**
     * What a shock comes to.
     *
     * @param shock its size, fraction of the price, > 0; for a fall below 1
     */
    public Shock shock(double shock) {
        double exogenous = side.spot - side.direction.distance(shock);
        Rest worst = curves.pessimistic().rest(exogenous);
        Rest best = curves.optimistic().rest(exogenous);
        return new Shock(side.direction.signed(shock), landing(best), landing(worst), worst.unfilled());
    }

    private Landing landing(Rest rest) {
        Double price = rest.exhausted() ? null : (Double) side.direction.price(rest.price());
        return new Landing(
                price,
                price == null ? null : (Double) rest.endogenous(),
                price == null ? null : (Double) rebalancing.flowUsd(price / side.market.markPrice() - 1),
                rest.accounts());
    }

    /**
     * A shock.
     *
     * @param shock fraction of the price, negative for a fall
     * @param best the optimistic landing
     * @param worst the pessimistic landing
     * @param unfilled what the book does not hold of the worst, in the unit of positions
     */
    public record Shock(double shock, Landing best, Landing worst, double unfilled) {}

    /**
     * Where the price rests.
     *
     * @param price quote units; null where the book does not hold the volume, as for all but the positions
     * @param endogenous move beyond the shock, ln(price), >= 0
     * @param rebalancingUsd what those who rebalance have traded by then, US dollars; positive buys
     * @param positions liquidated, count
     */
    public record Landing(
            @Nullable Double price,
            @Nullable Double endogenous,
            @Nullable Double rebalancingUsd,
            int positions) {}
}
