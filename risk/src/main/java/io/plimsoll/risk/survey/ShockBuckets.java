package io.plimsoll.risk.survey;

import io.plimsoll.risk.cascade.Direction;

/**
 * Common shocks in buckets of equal width in ln(1 + move): bucket b holds those beyond edge b, up to and with edge b + 1.
 * The last edge is at 0.695: a fall of 50.1 %, a rise of 100.4 %.
 */
public final class ShockBuckets {

    /** Width of a bucket in ln(1 + move): 0.25 %. */
    public static final double WIDTH = 0.0025;

    /** How many there are. */
    public static final int COUNT = 278;

    /** Bucket of what happens without any shock. */
    public static final int ARMED = -1;

    private static final double[] FALL = factors(Direction.FALL);
    private static final double[] RISE = factors(Direction.RISE);

    private ShockBuckets() {}

    private static double[] factors(Direction direction) {
        double[] factors = new double[COUNT + 1];
        for (int edge = 0; edge <= COUNT; edge++) {
            factors[edge] = direction.price(-distance(edge));
        }
        return factors;
    }

    /** Distance of an edge in ln(1 + move), >= 0. */
    public static double distance(int edge) {
        return edge * WIDTH;
    }

    /** What prices are multiplied by at an edge. */
    public static double factor(Direction direction, int edge) {
        return direction == Direction.FALL ? FALL[edge] : RISE[edge];
    }

    /** Bucket in which prices are multiplied by a factor, about: the nearest edges may be off by rounding. */
    static int near(double factor) {
        return (int) (Math.abs(StrictMath.log(factor)) / WIDTH);
    }
}
