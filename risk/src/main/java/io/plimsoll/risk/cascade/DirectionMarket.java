package io.plimsoll.risk.cascade;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a market, as far as it does not depend on how much of the depth is left: computed once, and shared by
 * the cascades of all haircuts. Immutable.
 */
public final class DirectionMarket {

    final CascadeMarket market;
    final Direction direction;

    /** The mark price in the direction's coordinate. */
    final double spot;

    final TriggerLadder triggers;

    /** The triggers without the largest position; null where none is listed. */
    final @Nullable TriggerLadder withoutLargest;

    final Concentration concentration;
    private final BadDebtCurve pessimisticDebt;
    private final BadDebtCurve optimisticDebt;
    private final Fees pessimisticFees;
    private final Fees optimisticFees;

    DirectionMarket(CascadeMarket market, Direction direction) {
        this.market = market;
        this.direction = direction;
        this.spot = direction.coordinate(market.markPrice());
        this.triggers = market.triggers(direction);
        TriggerLadder bankruptcies = market.bankruptcies(direction);
        this.pessimisticDebt = debt(bankruptcies, Reading.PESSIMISTIC);
        this.optimisticDebt = debt(bankruptcies, Reading.OPTIMISTIC);
        this.pessimisticFees = feesOf(Reading.PESSIMISTIC);
        this.optimisticFees = feesOf(Reading.OPTIMISTIC);
        this.concentration = new Concentration(
                triggers,
                market.largest().of(direction.forced()),
                market.largest().completeFrom());
        this.withoutLargest = concentration.withoutLargest();
    }

    private BadDebtCurve debt(TriggerLadder bankruptcies, Reading reading) {
        return BadDebtCurve.of(bankruptcies, reading, market.lotSize(), market.settlement(), spot);
    }

    private Fees feesOf(Reading reading) {
        return Fees.ofRate(triggers, reading, market.lotSize(), market.settlement(), market.feeRate(), spot);
    }

    /**
     * What happens with a share of the depth.
     *
     * @param depthHaircut share that remains, 0 < haircut <= 1
     */
    public DirectionCascade cascade(double depthHaircut) {
        return new DirectionCascade(this, depthHaircut);
    }

    /** Distance of the nearest tipping point of a curve from the mark price, fraction; null where there is none. */
    @Nullable
    Double nearestTip(CascadeCurve curve) {
        return curve.tips().stream()
                .max(Comparator.comparingDouble(TippingPoint::threshold))
                .map(this::distance)
                .orElse(null);
    }

    /** How far from the mark price the shock is that sets a tipping point off, fraction. */
    double distance(TippingPoint tip) {
        return Math.max(0, direction.fraction(spot - tip.threshold()));
    }

    BadDebtCurve debt(Reading reading) {
        return reading == Reading.PESSIMISTIC ? pessimisticDebt : optimisticDebt;
    }

    Fees fees(Reading reading) {
        return reading == Reading.PESSIMISTIC ? pessimisticFees : optimisticFees;
    }
}
