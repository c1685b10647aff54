package io.plimsoll.risk;

/** How a contract's value follows its price. */
public enum Shape {
    /** Profit in quote units is linear in the price. */
    LINEAR,
    /** A fixed face value in quote units, settled in the coin: profit in coins is linear in 1 / price. */
    INVERSE,
    /** Counted by its delta at the underlying's price; modelled. */
    OPTION
}
