package io.plimsoll.risk;

/** How a venue takes a position that has crossed its line. */
public enum LiquidationMode {
    /** All of it at once. */
    WHOLE,
    /** A fixed share first, the rest later if that was not enough. */
    PARTIAL_FIRST,
    /** Down by two margin tiers at a time. */
    BY_TIERS,
    /** As much as brings equity back to maintenance margin. */
    INCREMENTAL,
    /** A share of the debt is repaid from the collateral, with a bonus for who repays it. */
    CLOSE_FACTOR,
    /** Taken over by the venue's own vault, with what margin is left; nothing reaches the book at first. */
    BACKSTOP
}
