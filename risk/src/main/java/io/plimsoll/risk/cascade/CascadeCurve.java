package io.plimsoll.risk.cascade;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resting price of every shock in one market, in pieces: on each the cascade swallows the same rungs, so the resting
 * price is the shock less a fixed move. Immutable; made by {@link Sweep}.
 */
public final class CascadeCurve {

    private final TriggerLadder ladder;
    private final double spot;
    private final double floor;

    /** Where each rung is triggered, falling. */
    private final double[] levels;

    /** Rungs at or above the floor. */
    private final int rungs;

    /** Rungs triggered at spot. */
    private final int armed;

    /** Move of the volume of the first k rungs, at k; known from {@code armed} on. */
    private final double[] moves;

    /** Exogenous price down to which (exclusive) the piece holds, strictly falling. */
    private final double[] records;

    /** Rungs that the piece has swallowed. */
    private final int[] recordRungs;

    private final int pieces;
    private final double unfilled;

    CascadeCurve(
            TriggerLadder ladder,
            double spot,
            double floor,
            double[] levels,
            int rungs,
            int armed,
            double[] moves,
            double[] records,
            int[] recordRungs,
            int pieces,
            double unfilled) {
        this.ladder = ladder;
        this.spot = spot;
        this.floor = floor;
        this.levels = levels;
        this.rungs = rungs;
        this.armed = armed;
        this.moves = moves;
        this.records = records;
        this.recordRungs = recordRungs;
        this.pieces = pieces;
        this.unfilled = unfilled;
    }

    /**
     * A piece of the curve.
     *
     * @param from farthest down exogenous price of it, exclusive
     * @param to exogenous price at which it begins, inclusive
     * @param move by which the resting price is below the exogenous one, >= 0
     * @param rungs swallowed
     */
    public record Piece(double from, double to, double move, int rungs) {}

    /** The pieces, from spot downwards, without gap. Below the last one nothing stops the price above the floor. */
    public List<Piece> pieces() {
        List<Piece> list = new ArrayList<>(pieces);
        for (int i = 0; i < pieces; i++) {
            list.add(new Piece(records[i], i == 0 ? spot : records[i - 1], moves[recordRungs[i]], recordRungs[i]));
        }
        return list;
    }

    /** Where the price rests when something from outside brings it to a price, at most spot. */
    public Rest rest(double exogenous) {
        check(exogenous);
        int low = 0;
        int high = pieces;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (exogenous > records[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == pieces ? atFloor(exogenous) : after(exogenous, recordRungs[low]);
    }

    private void check(double exogenous) {
        if (!(exogenous <= spot)) {
            throw new IllegalArgumentException("exogenous price is " + exogenous + ", allowed is at most spot " + spot);
        }
    }

    private Rest after(double exogenous, int swallowed) {
        return new Rest(
                spot,
                exogenous,
                Math.max(floor, exogenous - moves[swallowed]),
                ladder.lotsOf(swallowed),
                ladder.accountsOf(swallowed),
                swallowed,
                false,
                0);
    }

    private Rest atFloor(double exogenous) {
        return new Rest(
                spot,
                exogenous,
                floor,
                ladder.lotsOf(rungs),
                ladder.accountsOf(rungs),
                rungs,
                moves[rungs] == Double.POSITIVE_INFINITY,
                unfilled);
    }

    /**
     * All prices at which it could rest, the nearest first: that is where triggers alone take it. The others are latent:
     * places where it would stay if something else, a panic, brought it there. The floor is among them where the volume
     * of the whole ladder would take the price there.
     */
    public List<Rest> equilibria(double exogenous) {
        check(exogenous);
        List<Rest> all = new ArrayList<>();
        for (int k = armed; k <= rungs; k++) {
            if (holds(exogenous, k)) {
                all.add(after(exogenous, k));
            }
        }
        if (floorHolds(exogenous)) {
            all.add(atFloor(exogenous));
        }
        return all;
    }

    /** The last of the {@linkplain #equilibria equilibria}: the greatest loss; {@link #rest} where there is one only. */
    public Rest deepest(double exogenous) {
        check(exogenous);
        if (floorHolds(exogenous)) {
            return atFloor(exogenous);
        }
        int k = rungs;
        while (!holds(exogenous, k)) {
            k--;
        }
        return after(exogenous, k);
    }

    private boolean holds(double exogenous, int k) {
        double bottom = k < rungs ? levels[k] : floor;
        double top = k == armed ? spot : levels[k - 1];
        // In this form, and not as exogenous - move > bottom, it agrees with the sweep to the last bit.
        return exogenous > bottom + moves[k] && exogenous <= top + moves[k];
    }

    private boolean floorHolds(double exogenous) {
        return exogenous <= floor + moves[rungs] || moves[rungs] == Double.POSITIVE_INFINITY;
    }

    /** The jumps that feed themselves, from spot downwards. */
    public List<TippingPoint> tips(SelfSustaining rule) {
        List<TippingPoint> tips = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            TippingPoint jump = jumpBelow(i);
            if (jump != null && rule.holds(jump)) {
                tips.add(jump);
            }
        }
        return tips;
    }

    /** {@link #tips(SelfSustaining)} by the default rule. */
    public List<TippingPoint> tips() {
        return tips(SelfSustaining.DEFAULT);
    }

    private @Nullable TippingPoint jumpBelow(int piece) {
        int before = recordRungs[piece];
        if (before == rungs) {
            return null;
        }
        boolean last = piece + 1 == pieces;
        int after = last ? rungs : recordRungs[piece + 1];
        return new TippingPoint(
                records[piece],
                levels[before],
                last ? floor : records[piece] - moves[after],
                ladder.lotsOf(after) - ladder.lotsOf(before),
                ladder.accountsOf(after) - ladder.accountsOf(before),
                after - before);
    }

    /**
     * Lots that are past their trigger without any shock: an alarm, or positions that the venue has closed and nobody
     * has reported. Rounding to buckets adds none.
     */
    public long armedLots() {
        return ladder.lotsOf(armed);
    }

    /** What was swept. */
    public TriggerLadder ladder() {
        return ladder;
    }

    /** The present price, in the coordinate. */
    public double spot() {
        return spot;
    }

    /** Lowest that the coordinate goes. */
    public double floor() {
        return floor;
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

    /** Move of all that is triggered by the first rungs. */
    double moveOf(int swallowed) {
        return moves[swallowed];
    }

    int armed() {
        return armed;
    }

    int rungs() {
        return rungs;
    }

    double level(int rung) {
        return levels[rung];
    }
}
