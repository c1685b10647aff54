package io.plimsoll.risk.cascade;

/**
 * The local reproduction number {@code R = J'(F) f}: how much further move a small move causes by what it triggers, f
 * being the forced volume per unit of the coordinate. Below 1 a small shock is amplified by 1 / (1 - R); where R stays
 * above 1 the price feeds itself.
 *
 * <p><b>Smoothing.</b> A ladder is a sum of steps, so f at a point is 0 or infinite. R is therefore its mean over the
 * window of width w that lies <em>ahead</em> of the price, which is the move of the volume in the window, coming after
 * what was triggered before, over the width:
 *
 * <pre>R(y) = (1/w) integral over (y - w, y) of J'(F) f = (J(F(y - w)) - J(F(y))) / w</pre>
 *
 * Ahead, because behind spot nothing waits. The mean of the product, and not of f alone times the slope at one volume,
 * because then {@code h(y - w) - h(y) = w (R - 1)}, whatever the law: R is above 1 exactly where the price, once at y, is
 * carried over the whole window by what lies in it. A law with infinite slope at zero needs no exception.
 */
public final class Reproduction {

    /** Ten buckets of the ladder. */
    public static final double DEFAULT_WINDOW = 0.01;

    /** Of a window: a trigger so near to its edge is taken to be on it, so that rounding does not decide. */
    private static final double EDGE = 1e-6;

    private Reproduction() {}

    /**
     * R in the window ahead of a price.
     *
     * @param price in the curve's coordinate, at most spot
     * @param window width, > 0
     * @return >= 0; infinite where the window takes more than the book holds
     */
    public static double at(CascadeCurve curve, double price, double window) {
        Checks.above0("window", window);
        Sweep sweep = curve.sweep();
        return over(sweep, sweep.rungsAt(price), sweep.rungsAt(price - window), window);
    }

    /**
     * The greatest R of all windows that begin between spot and a distance below it.
     *
     * @param distance in the coordinate, >= 0
     */
    public static double greatest(CascadeCurve curve, double distance, double window) {
        Checks.atLeast0("distance", distance);
        double greatest = Math.max(at(curve, curve.spot(), window), at(curve, curve.spot() - distance, window));
        // Moving down, a window gains when its lower edge meets a rung: those are all that need a look.
        Sweep sweep = curve.sweep();
        int before = sweep.armed;
        for (int k = sweep.armed; k < sweep.rungs; k++) {
            double start = sweep.levels[k] + window;
            if (start > sweep.spot) {
                continue;
            }
            if (start < sweep.spot - distance) {
                break;
            }
            while (sweep.levels[before] >= start - EDGE * window) {
                before++;
            }
            greatest = Math.max(greatest, over(sweep, before, k + 1, window));
        }
        return greatest;
    }

    private static double over(Sweep sweep, int before, int through, double window) {
        double move = sweep.moves[through];
        return move == Double.POSITIVE_INFINITY ? move : (move - sweep.moves[before]) / window;
    }
}
