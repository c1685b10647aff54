package io.plimsoll.risk.cascade;

import io.plimsoll.risk.Side;

/** Which way the price goes, and the coordinate in which that is downwards. */
public enum Direction {
    /** Falling prices force longs to sell; the coordinate is ln(price). */
    FALL(1, Side.LONG),
    /** Rising prices force shorts to buy; the coordinate is -ln(price). */
    RISE(-1, Side.SHORT);

    private final int sign;
    private final Side forced;

    Direction(int sign, Side forced) {
        this.sign = sign;
        this.forced = forced;
    }

    /** Whose positions are forced to close. */
    public Side forced() {
        return forced;
    }

    /** The coordinate of a price above 0. */
    public double coordinate(double price) {
        return sign * StrictMath.log(price);
    }

    /** The price at a coordinate, in quote units: 0 or infinite at {@link Double#NEGATIVE_INFINITY}. */
    public double price(double coordinate) {
        return StrictMath.exp(sign * coordinate);
    }

    /**
     * How far a shock goes in the coordinate, >= 0.
     *
     * @param fraction of the price by which it falls (below 1) or rises, >= 0: 0.05 is 5 %
     */
    public double distance(double fraction) {
        if (!(fraction >= 0) || (this == FALL && fraction >= 1)) {
            throw new IllegalArgumentException("shock is " + fraction + ", allowed is 0 or more, for a fall below 1");
        }
        return -sign * StrictMath.log1p(-sign * fraction);
    }

    /** The fraction of the price that a distance in the coordinate is; 0 to 1 for falls, >= 0 for rises. */
    public double fraction(double distance) {
        return -sign * StrictMath.expm1(-sign * distance);
    }

    /** A shock's size with its sign: negative for a fall. */
    double signed(double fraction) {
        return -sign * fraction;
    }

    int sign() {
        return sign;
    }
}
