package io.plimsoll.risk.cascade;

import java.util.Arrays;

/**
 * One pass over a ladder that gives the resting place of every shock.
 *
 * <p>Going down, rung by rung, with the cumulative volume F and its move J(F): the stretch down to the next trigger l can
 * hold a resting price only where {@code h = y + J(F)} falls below all its values before, and that is the case if it does
 * so at its lower end, {@code l + J(F)}. Costs one evaluation of the impact per rung.
 */
public final class Sweep {

    private Sweep() {}

    /** A sweep without floor: ln(price) has none. */
    public static CascadeCurve over(TriggerLadder ladder, Reading reading, double lotSize, Impact impact, double spot) {
        return over(ladder, reading, lotSize, impact, spot, Double.NEGATIVE_INFINITY);
    }

    /**
     * @param reading where in their buckets triggers are taken to be
     * @param lotSize volume of one lot in the unit of the impact, > 0
     * @param impact with whatever haircut on depth
     * @param spot present price, in the ladder's coordinate
     * @param floor lowest that the coordinate goes, below spot
     */
    public static CascadeCurve over(
            TriggerLadder ladder, Reading reading, double lotSize, Impact impact, double spot, double floor) {
        Checks.above0("lotSize", lotSize);
        if (Double.isNaN(spot) || Double.isInfinite(spot) || !(floor < spot)) {
            throw new IllegalArgumentException("spot is " + spot + " and floor " + floor + ", allowed is spot > floor");
        }
        double[] levels = ladder.levels(reading, spot);
        int rungs = levels.length;
        while (rungs > 0 && levels[rungs - 1] < floor) {
            rungs--;
        }
        int armed = 0;
        while (armed < rungs && levels[armed] >= spot) {
            armed++;
        }
        double[] moves = new double[rungs + 1];
        double[] records = new double[rungs + 1];
        int[] recordRungs = new int[rungs + 1];
        int count = 0;
        double lowest = spot;
        for (int k = armed; k <= rungs; k++) {
            double move = impact.move(ladder.lotsOf(k) * lotSize);
            moves[k] = move;
            if (move == Double.POSITIVE_INFINITY) {
                Arrays.fill(moves, k, rungs + 1, move);
                break;
            }
            double low = (k < rungs ? levels[k] : floor) + move;
            if (low < lowest) {
                records[count] = low;
                recordRungs[count++] = k;
                lowest = low;
            }
        }
        double unfilled = moves[rungs] == Double.POSITIVE_INFINITY
                ? Math.max(0, ladder.lotsOf(rungs) * lotSize - impact.capacity())
                : 0;
        return new CascadeCurve(
                ladder, spot, floor, levels, rungs, armed, moves, records, recordRungs, count, unfilled);
    }
}
