package io.plimsoll.risk;

/** Places in an order, for quantiles that come out the same whatever the arithmetic. */
public final class Ranks {

    private Ranks() {}

    /**
     * Place of the last of a part of the whole, rounded up: {@code ceil(whole x percent / 100)}.
     *
     * @param whole how many there are, >= 0
     * @param percent 1 to 100
     */
    public static long upTo(int percent, long whole) {
        return whole / 100 * percent + (whole % 100 * percent + 99) / 100;
    }
}
