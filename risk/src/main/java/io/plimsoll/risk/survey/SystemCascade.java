package io.plimsoll.risk.survey;

import io.plimsoll.risk.cascade.CascadeCurve;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.cascade.Reproduction;
import io.plimsoll.risk.cascade.Rest;
import io.plimsoll.risk.cascade.TippingPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where all prices together come to rest after a common shock, when whoever falls on the way pushes them on: the sweep in
 * one dimension, the common factor. Immutable.
 *
 * <p>Let V_j(y) be what is force-sold in market j (in a rise, force-bought) by all pools whose common shock is y or less, and
 * J_j the move of that market. The factor moves by {@code sum of w_j J_j(V_j(y))}, w_j being the market's share of the open
 * interest of all. From there on it is a ladder like that of one market, with increments of this move as volume and a linear
 * impact of 1.
 *
 * <p>In falls only forced sales move prices, in rises only forced purchases. What the same pools trade the other way, their
 * hedges, is reported beside it and not netted: it would make the map not monotone, and its result depend on the order. So
 * in this respect it is an upper bound. That each pool meets the mean of all moves, and not those of its own markets, is an
 * approximation without sign.
 */
public final class SystemCascade {

    private static final double WITHIN = 0.1;

    private final Direction direction;
    private final CommonLadder ladder;
    private final CascadeCurve pessimistic;
    private final CascadeCurve optimistic;

    private SystemCascade(Direction direction, CommonLadder ladder) {
        this.direction = direction;
        this.ladder = ladder;
        this.pessimistic = ladder.sweep(Reading.PESSIMISTIC);
        this.optimistic = ladder.sweep(Reading.OPTIMISTIC);
    }

    /**
     * Sweeps a survey.
     *
     * @param terms by market; markets without are taken not to move, and weigh nothing
     * @param depthHaircut share of the depth that remains, above 0, to 1
     */
    public static SystemCascade of(
            SurveySum survey, Map<String, MarketTerms> terms, Direction direction, double depthHaircut) {
        MarketTerms.checkDepth(depthHaircut);
        return new SystemCascade(direction, CommonLadder.of(survey, terms, direction, depthHaircut));
    }

    /** Which way prices go. */
    public Direction direction() {
        return direction;
    }

    /** Share of the open interest of all markets that is in those whose impact is known, 0 to 1; 0 where there is none. */
    public double coverage() {
        return ladder.coverage();
    }

    /** Who is past the line without any shock; takes part in every cascade. */
    public Fallers armed() {
        return ladder.fallers(0);
    }

    /** What those have to sell (in a rise, buy) at present prices, USD. */
    public double armedUsd() {
        return ladder.forcedUsd(0);
    }

    /** Local reproduction number of the factor at present prices, >= 0. */
    public double reproductionAtSpot() {
        return Reproduction.at(pessimistic, 0, Reproduction.DEFAULT_WINDOW);
    }

    /** Its maximum within a common move of 10 %. */
    public double reproductionMax() {
        return Reproduction.greatest(pessimistic, direction.distance(WITHIN), Reproduction.DEFAULT_WINDOW);
    }

    /** Common shocks at which the resting place jumps, the nearest first. */
    public List<SystemTip> tips(Reading reading) {
        CascadeCurve curve = reading == Reading.PESSIMISTIC ? pessimistic : optimistic;
        List<SystemTip> tips = new ArrayList<>();
        for (TippingPoint tip : curve.tips()) {
            int before = ladder.stepsOf(rungsBefore(curve, tip));
            int after = ladder.stepsOf(rungsBefore(curve, tip) + tip.rungs());
            tips.add(new SystemTip(
                    fraction(-tip.threshold()),
                    fraction(-tip.entry()),
                    // With no floor below, the last piece lands where the whole ladder takes it.
                    fraction(ladder.move(after) - tip.threshold()),
                    ladder.forcedUsd(after) - ladder.forcedUsd(before),
                    minus(ladder.fallers(after), ladder.fallers(before))));
        }
        tips.sort(Comparator.comparingDouble(SystemTip::distance));
        return tips;
    }

    private static int rungsBefore(CascadeCurve curve, TippingPoint tip) {
        for (CascadeCurve.Piece piece : curve.pieces()) {
            if (piece.from() == tip.threshold()) {
                return piece.rungs();
            }
        }
        throw new IllegalStateException("no piece of the curve ends at its tipping point " + tip);
    }

    private static Fallers minus(Fallers all, Fallers some) {
        return new Fallers(all.pools() - some.pools(), all.accounts() - some.accounts());
    }

    /** Distance of the nearest tipping point, a fraction of prices, >= 0; null where there is none. */
    public @Nullable Double tippingDistance(Reading reading) {
        List<SystemTip> tips = tips(reading);
        return tips.isEmpty() ? null : (Double) tips.get(0).distance();
    }

    /**
     * What a common shock comes to.
     *
     * @param fraction of all prices by which they fall (below 1) or rise, above 0
     */
    public SystemShock shock(double fraction) {
        double exogenous = -direction.distance(fraction);
        if (!(exogenous < 0)) {
            throw new IllegalArgumentException("shock is " + fraction + ", allowed is more than 0");
        }
        Rest worst = pessimistic.rest(exogenous);
        int steps = ladder.stepsOf(worst.rungs());
        return new SystemShock(
                direction == Direction.FALL ? -fraction : fraction,
                landing(optimistic.rest(exogenous), Reading.OPTIMISTIC),
                landing(worst, Reading.PESSIMISTIC),
                ladder.counterUsd(steps),
                ladder.exhaustedWeight(steps),
                ladder.forced(steps));
    }

    private SystemShock.Landing landing(Rest rest, Reading reading) {
        int steps = ladder.stepsOf(rest.rungs());
        double move = fraction(-rest.price());
        return new SystemShock.Landing(
                move,
                rest.endogenous(),
                rest.amplification(),
                ladder.forcedUsd(steps),
                ladder.fallers(steps),
                ladder.badDebtUsd(move, reading),
                -rest.price() > ShockBuckets.distance(ShockBuckets.COUNT));
    }

    private double fraction(double distance) {
        return Math.max(0, direction.fraction(Math.max(0, distance)));
    }
}
