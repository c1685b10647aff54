package io.plimsoll.risk.scenario;

import io.plimsoll.risk.MicroUsd;

/**
 * Sums of whole numbers from 0 on that stop at the largest instead of running over. What they come to does not depend on
 * the order. A price ten times as high can make losses that no 64 bits of micro-dollars hold.
 */
public final class Saturating {

    private static final double LARGEST_USD = 9e12;

    private Saturating() {}

    /** The sum; the largest number where it is more. */
    public static long add(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** US dollars from 0 on in millionths; the largest number where that is too much. */
    public static long microUsd(double usd) {
        return usd < LARGEST_USD ? MicroUsd.of(usd) : Long.MAX_VALUE;
    }
}
