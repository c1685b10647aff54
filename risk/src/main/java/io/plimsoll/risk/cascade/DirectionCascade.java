package io.plimsoll.risk.cascade;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that is said of one market, one direction and one share of depth. Immutable. */
public final class DirectionCascade {

    private static final double WITHIN = 0.1;

    private final DirectionMarket side;
    private final CascadeMarket market;
    private final Direction direction;
    private final double depthHaircut;
    private final double spot;
    private final Impact impact;
    private final CascadeBracket curves;

    DirectionCascade(DirectionMarket side, double depthHaircut) {
        this.side = side;
        this.market = side.market;
        this.direction = side.direction;
        this.depthHaircut = depthHaircut;
        this.spot = side.spot;
        this.impact = market.impact().of(direction).withDepth(depthHaircut);
        this.curves = CascadeBracket.over(side.triggers, market.lotSize(), impact, spot);
    }

    /** Which way prices go. */
    public Direction direction() {
        return direction;
    }

    /** Share of depth that remains. */
    public double depthHaircut() {
        return depthHaircut;
    }

    /** Size whose trigger the present price has passed already, in the unit of positions, >= 0. */
    public double armedSize() {
        return curves.pessimistic().armedLots() * market.lotSize();
    }

    /** Local reproduction number at the mark price. */
    public double reproductionAtSpot() {
        return Reproduction.at(curves.pessimistic(), spot, Reproduction.DEFAULT_WINDOW);
    }

    /** Its maximum within 10 % of the mark price. */
    public double reproductionMax() {
        return Reproduction.greatest(curves.pessimistic(), direction.distance(WITHIN), Reproduction.DEFAULT_WINDOW);
    }

    /** Tipping points in the pessimistic reading, the nearest first. */
    public List<TippingPoint> tips() {
        return curves.pessimistic().tips().stream()
                .sorted(Comparator.comparingDouble(TippingPoint::threshold).reversed())
                .toList();
    }

    /** Distance of the nearest tipping point, fraction of the mark price; null where there is none. */
    public @Nullable Double tippingDistance(Reading reading) {
        return side.nearestTip(curve(reading));
    }

    /** The same in the pessimistic reading if the largest position were not there. */
    public @Nullable Double tippingDistanceWithoutLargest() {
        TriggerLadder without = side.withoutLargest;
        return without == null
                ? null
                : side.nearestTip(Sweep.over(without, Reading.PESSIMISTIC, market.lotSize(), impact, spot));
    }

    private CascadeCurve curve(Reading reading) {
        return reading == Reading.PESSIMISTIC ? curves.pessimistic() : curves.optimistic();
    }

    /** How far from the mark price the shock is that sets a tipping point off, fraction. */
    public double distance(TippingPoint tip) {
        return side.distance(tip);
    }

    /** The smallest shock whose bad debt exceeds the fund and the fees of that cascade, fraction; null where none does. */
    public @Nullable Double shockToBadDebt(Reading reading) {
        Double distance = side.debt(reading)
                .shockBeyond(curve(reading), market.fundUsd() / market.settleUsd(), side.fees(reading));
        return distance == null ? null : (Double) direction.fraction(distance);
    }

    /**
     * What a shock comes to.
     *
     * @param shock its size, fraction of the price, > 0; for a fall below 1
     */
    public ShockMeasures shock(double shock) {
        double exogenous = spot - direction.distance(shock);
        Rest worst = curves.pessimistic().rest(exogenous);
        Rest best = curves.optimistic().rest(exogenous);
        double forced = size(worst);
        return new ShockMeasures(
                direction.signed(shock),
                measures(best, side.debt(Reading.OPTIMISTIC)),
                measures(worst, side.debt(Reading.PESSIMISTIC)),
                market.notionalUsd(forced),
                forced > market.impact().reported(direction) * depthHaircut,
                worst.unfilled(),
                side.fees(Reading.PESSIMISTIC).collected(worst.rungs()) * market.settleUsd(),
                side.concentration.shareOfLargest(worst, 1),
                side.concentration.shareOfLargest(worst, 5),
                side.concentration.shareOfLargest(worst, 20),
                price(curves.pessimistic().deepest(exogenous)));
    }

    private ShockMeasures.Landing measures(Rest rest, BadDebtCurve debt) {
        double owed = debt.at(rest.price()) * market.settleUsd();
        return new ShockMeasures.Landing(
                price(rest),
                rest.exhausted() ? null : (Double) rest.endogenous(),
                rest.exhausted() ? null : (Double) rest.amplification(),
                size(rest),
                rest.accounts(),
                Double.isInfinite(owed) || rest.exhausted() ? null : (Double) owed);
    }

    private double size(Rest rest) {
        return rest.lots() * market.lotSize();
    }

    private @Nullable Double price(Rest rest) {
        return rest.exhausted() ? null : (Double) direction.price(rest.price());
    }

    /** A price of the curves' coordinate, quote units; null where there is no bottom. */
    public @Nullable Double price(double coordinate) {
        double price = direction.price(coordinate);
        return price > 0 && price < Double.POSITIVE_INFINITY ? (Double) price : null;
    }

    /** Volume of lots in the unit of positions. */
    public double size(long lots) {
        return lots * market.lotSize();
    }
}
