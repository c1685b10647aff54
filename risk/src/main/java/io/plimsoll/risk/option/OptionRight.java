package io.plimsoll.risk.option;

/** What an option is a right to. */
public enum OptionRight {
    /** To buy at the strike. */
    CALL(1),
    /** To sell at the strike. */
    PUT(-1);

    private final int sign;

    OptionRight(int sign) {
        this.sign = sign;
    }

    /** 1 where the holder gains from a rise, -1 where from a fall. */
    int sign() {
        return sign;
    }

    /** What dealers hold of an open contract if they are long calls and short puts: 1 or -1. A convention, not a fact. */
    int dealerSign() {
        return sign;
    }
}
