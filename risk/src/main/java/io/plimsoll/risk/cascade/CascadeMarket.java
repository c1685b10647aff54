package io.plimsoll.risk.cascade;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.LargestPositions;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Shape;
import java.util.List;

/**
 * A market as a cascade meets it.
 *
 * @param liquidation its ladder by liquidation price, by rising price
 * @param bankruptcy its ladder by bankruptcy price, by rising price
 * @param contract linear or inverse
 * @param markPrice quote units, > 0
 * @param quoteUsd US dollars per quote unit, > 0
 * @param impact of forced trades, with all of the depth
 * @param feeRate what the venue takes of a liquidated notional, fraction, >= 0
 * @param fundUsd insurance fund, USD, >= 0
 * @param largest its largest positions
 */
public record CascadeMarket(
        List<Ladder.Rung> liquidation,
        List<Ladder.Rung> bankruptcy,
        Contract contract,
        double markPrice,
        double quoteUsd,
        MarketImpact impact,
        double feeRate,
        double fundUsd,
        LargestPositions largest) {

    /** Whether a contract's cascades are computed: an option's forced trades meet another market's book. */
    public static boolean covers(Contract contract) {
        return contract.shape() != Shape.OPTION;
    }

    /** What happens in one direction with a share of the depth. */
    public DirectionCascade cascade(Direction direction, double depthHaircut) {
        return direction(direction).cascade(depthHaircut);
    }

    /** One direction, for the cascades of several shares of the depth. */
    public DirectionMarket direction(Direction direction) {
        return new DirectionMarket(this, direction);
    }

    TriggerLadder triggers(Direction direction) {
        return TriggerLadder.of(liquidation, PriceGrid.LADDER, direction);
    }

    TriggerLadder bankruptcies(Direction direction) {
        return TriggerLadder.of(bankruptcy, PriceGrid.LADDER, direction);
    }

    double lotSize() {
        return contract.lotSize().size(1);
    }

    Settlement settlement() {
        return contract.shape() == Shape.INVERSE ? Settlement.INVERSE : Settlement.LINEAR;
    }

    /** US dollars per unit of the settle asset at the mark price. */
    double settleUsd() {
        return contract.shape() == Shape.INVERSE ? markPrice * quoteUsd : quoteUsd;
    }

    /** US dollars of a volume at the mark price. */
    double notionalUsd(double volume) {
        return contract.shape() == Shape.INVERSE ? volume * quoteUsd : volume * markPrice * quoteUsd;
    }
}
