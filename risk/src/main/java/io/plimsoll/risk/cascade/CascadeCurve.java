package io.plimsoll.risk.cascade;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resting price of every shock in one market, in pieces: on each the cascade swallows the same rungs, so the resting
 * price is the shock less a fixed move. Immutable; made by {@link Sweep}.
 */
public final class CascadeCurve {

    private final Sweep sweep;

    CascadeCurve(Sweep sweep) {
        this.sweep = sweep;
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
        List<Piece> list = new ArrayList<>(sweep.pieces);
        for (int i = 0; i < sweep.pieces; i++) {
            list.add(new Piece(
                    sweep.records[i],
                    i == 0 ? sweep.spot : sweep.records[i - 1],
                    sweep.moves[sweep.recordRungs[i]],
                    sweep.recordRungs[i]));
        }
        return list;
    }

    /** Where the price rests when something from outside brings it to a price, at most spot. */
    public Rest rest(double exogenous) {
        check(exogenous);
        int low = 0;
        int high = sweep.pieces;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (exogenous > sweep.records[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == sweep.pieces ? atFloor(exogenous) : after(exogenous, sweep.recordRungs[low]);
    }

    private void check(double exogenous) {
        if (!(exogenous <= sweep.spot)) {
            throw new IllegalArgumentException(
                    "exogenous price is " + exogenous + ", allowed is at most spot " + sweep.spot);
        }
    }

    private Rest after(double exogenous, int swallowed) {
        return new Rest(
                sweep.spot,
                exogenous,
                Math.max(sweep.floor, exogenous - sweep.moves[swallowed]),
                sweep.ladder.lotsOf(swallowed),
                sweep.ladder.accountsOf(swallowed),
                swallowed,
                false,
                0);
    }

    private Rest atFloor(double exogenous) {
        return new Rest(
                sweep.spot,
                exogenous,
                sweep.floor,
                sweep.ladder.lotsOf(sweep.rungs),
                sweep.ladder.accountsOf(sweep.rungs),
                sweep.rungs,
                sweep.exhausts(),
                sweep.unfilled);
    }

    /**
     * All prices at which it could rest, the nearest first: that is where triggers alone take it. The others are latent:
     * places where it would stay if something else, a panic, brought it there. The floor is among them where the volume
     * of the whole ladder would take the price there.
     */
    public List<Rest> equilibria(double exogenous) {
        check(exogenous);
        List<Rest> all = new ArrayList<>();
        for (int k = sweep.armed; k <= sweep.rungs; k++) {
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
        int k = sweep.rungs;
        while (!holds(exogenous, k)) {
            k--;
        }
        return after(exogenous, k);
    }

    private boolean holds(double exogenous, int k) {
        double bottom = k < sweep.rungs ? sweep.levels[k] : sweep.floor;
        double top = k == sweep.armed ? sweep.spot : sweep.levels[k - 1];
        // In this form, and not as exogenous - move > bottom, it agrees with the sweep to the last bit.
        return exogenous > bottom + sweep.moves[k] && exogenous <= top + sweep.moves[k];
    }

    private boolean floorHolds(double exogenous) {
        return exogenous <= sweep.floor + sweep.moves[sweep.rungs] || sweep.exhausts();
    }

    /** The jumps that feed themselves, from spot downwards. */
    public List<TippingPoint> tips(SelfSustaining rule) {
        List<TippingPoint> tips = new ArrayList<>();
        for (int i = 0; i < sweep.pieces; i++) {
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
        int before = sweep.recordRungs[piece];
        if (before == sweep.rungs) {
            return null;
        }
        boolean last = piece + 1 == sweep.pieces;
        int after = last ? sweep.rungs : sweep.recordRungs[piece + 1];
        return new TippingPoint(
                sweep.records[piece],
                sweep.levels[before],
                last ? sweep.floor : sweep.records[piece] - sweep.moves[after],
                sweep.ladder.lotsOf(after) - sweep.ladder.lotsOf(before),
                sweep.ladder.accountsOf(after) - sweep.ladder.accountsOf(before),
                after - before);
    }

    /**
     * Lots that are past their trigger without any shock: an alarm, or positions that the venue has closed and nobody
     * has reported. Rounding to buckets adds none.
     */
    public long armedLots() {
        return sweep.ladder.lotsOf(sweep.armed);
    }

    /** What was swept. */
    public TriggerLadder ladder() {
        return sweep.ladder;
    }

    /** The present price, in the coordinate. */
    public double spot() {
        return sweep.spot;
    }

    /** Lowest that the coordinate goes. */
    public double floor() {
        return sweep.floor;
    }

    Sweep sweep() {
        return sweep;
    }
}
