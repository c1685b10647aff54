package io.plimsoll.risk;

/** Side of a position. */
public enum Side {
    LONG(1),
    SHORT(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /** +1 for long, -1 for short. */
    public int sign() {
        return sign;
    }

    /** The other side. */
    public Side opposite() {
        return this == LONG ? SHORT : LONG;
    }

    /** The side of a signed size that is not zero. */
    public static Side of(long lots) {
        return lots > 0 ? LONG : SHORT;
    }
}
