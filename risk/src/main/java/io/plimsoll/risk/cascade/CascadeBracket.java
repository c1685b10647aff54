package io.plimsoll.risk.cascade;

/**
 * The two curves between which the truth lies: the ladder says in which bucket a trigger is, not where in it. At any shock
 * the pessimistic one rests at or below the true place, with at least as much liquidated; the optimistic one at or above.
 *
 * <p>A tipping point is known to within a bucket. Between the two places where the curves have it, the bracket is as wide
 * as its gap, and rightly so.
 */
public record CascadeBracket(CascadeCurve pessimistic, CascadeCurve optimistic) {

    /**
     * Sweeps both readings.
     *
     * @param lotSize volume of one lot in the unit of the impact, > 0
     * @param spot present price in the ladder's coordinate
     */
    public static CascadeBracket over(TriggerLadder ladder, double lotSize, Impact impact, double spot) {
        return new CascadeBracket(
                Sweep.over(ladder, Reading.PESSIMISTIC, lotSize, impact, spot),
                Sweep.over(ladder, Reading.OPTIMISTIC, lotSize, impact, spot));
    }
}
