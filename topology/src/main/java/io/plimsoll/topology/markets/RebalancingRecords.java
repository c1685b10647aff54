package io.plimsoll.topology.markets;

import io.plimsoll.risk.Shape;
import io.plimsoll.risk.cascade.CascadeMarket;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.DirectionMarket;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.cascade.RebalancedCascade;
import io.plimsoll.schemas.avro.RebalancedOutcome;
import io.plimsoll.schemas.avro.RebalancedShock;
import io.plimsoll.schemas.avro.RebalancingFlow;
import io.plimsoll.schemas.avro.RebalancingRisk;
import io.plimsoll.schemas.avro.ShockDirection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what funds that go back to a leverage would trade in a market, and what a shock would set off with them. */
final class RebalancingRecords {

    private RebalancingRecords() {}

    /**
     * The part of a market's cascade risk.
     *
     * @param market null where nothing is known of its impact
     * @return null where there are no such funds
     */
    static @Nullable RebalancingRisk of(
            MarketRebalancing funds,
            @Nullable CascadeMarket market,
            List<Direction> directions,
            double[] haircuts,
            double[] shocks) {
        if (funds.strategies() == 0) {
            return null;
        }
        List<RebalancingFlow> flows = new ArrayList<>();
        List<RebalancedOutcome> outcomes = new ArrayList<>();
        for (Direction direction : directions) {
            for (double shock : shocks) {
                double move = direction == Direction.FALL ? -shock : shock;
                flows.add(new RebalancingFlow(move, funds.sum().flowUsd(move)));
            }
            if (market != null) {
                double baseUnits = market.contract().shape() == Shape.INVERSE ? 1 / market.markPrice() : 1;
                DirectionMarket side = market.direction(direction);
                for (RebalancedCascade cascade : RebalancedCascade.all(side, funds.sum(), haircuts)) {
                    outcomes.add(outcome(cascade, shocks, baseUnits));
                }
            }
        }
        return new RebalancingRisk(
                funds.strategies(),
                funds.oldestMs(),
                funds.sum().assetsUsd(),
                funds.sum().exposureUsd(),
                funds.sum().usdPerMove(),
                flows,
                outcomes);
    }

    private static RebalancedOutcome outcome(RebalancedCascade cascade, double[] sizes, double baseUnits) {
        List<RebalancedShock> shocks = new ArrayList<>();
        for (double size : sizes) {
            shocks.add(shock(cascade.direction(), cascade.shock(size), baseUnits));
        }
        return new RebalancedOutcome(
                ShockDirection.valueOf(cascade.direction().name()),
                cascade.depthHaircut(),
                cascade.tippingDistance(Reading.PESSIMISTIC),
                cascade.tippingDistance(Reading.OPTIMISTIC),
                shocks);
    }

    private static RebalancedShock shock(Direction direction, RebalancedCascade.Shock shock, double baseUnits) {
        boolean fall = direction == Direction.FALL;
        RebalancedCascade.Landing best = shock.best();
        RebalancedCascade.Landing worst = shock.worst();
        return new RebalancedShock(
                shock.shock(),
                fall ? worst.price() : best.price(),
                fall ? best.price() : worst.price(),
                best.endogenous(),
                worst.endogenous(),
                worst.rebalancingUsd(),
                worst.positions(),
                shock.unfilled() * baseUnits);
    }
}
