package io.plimsoll.risk.depth;

/** A side of an order book. */
public enum BookSide {
    /** Buyers: what forced selling meets. */
    BID,
    /** Sellers: what forced buying meets. */
    ASK
}
