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

    final TriggerLadder ladder;
    final double spot;
    final double floor;

    /** Where each rung is triggered, falling. */
    final double[] levels;

    /** Rungs at or above the floor. */
    final int rungs;

    /** Rungs triggered at spot. */
    final int armed;

    /** Move of the volume of the first k rungs, at k; known from {@code armed} on. */
    final double[] moves;

    /** Exogenous price down to which (exclusive) each piece of the curve holds, strictly falling. */
    final double[] records;

    /** Rungs that the piece has swallowed. */
    final int[] recordRungs;

    final int pieces;

    /** Volume of all rungs that the book does not hold. */
    final double unfilled;

    private Sweep(TriggerLadder ladder, Reading reading, double lotSize, Impact impact, double spot, double floor) {
        this.ladder = ladder;
        this.spot = spot;
        this.floor = floor;
        levels = ladder.levels(reading, spot);
        int reachable = levels.length;
        while (reachable > 0 && levels[reachable - 1] < floor) {
            reachable--;
        }
        rungs = reachable;
        int passed = 0;
        while (passed < rungs && levels[passed] >= spot) {
            passed++;
        }
        armed = passed;
        moves = new double[rungs + 1];
        records = new double[rungs + 1];
        recordRungs = new int[rungs + 1];
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
        pieces = count;
        unfilled = exhausts() ? Math.max(0, ladder.lotsOf(rungs) * lotSize - impact.capacity()) : 0;
    }

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
        return new CascadeCurve(new Sweep(ladder, reading, lotSize, impact, spot, floor));
    }

    /** Whether the book does not hold the volume of all rungs. */
    boolean exhausts() {
        return moves[rungs] == Double.POSITIVE_INFINITY;
    }

    /** Rungs that are triggered at a price, which is at most spot. */
    int rungsAt(double price) {
        int low = armed;
        int high = rungs;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (levels[middle] >= price) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
