package io.plimsoll.risk.depth;

/** How far a market's reported depth can be believed, the best first. */
public enum DepthState {
    /** Recent, in order and moving. */
    LIVE,
    /** Some bands have stood still while the price moved; they are left out. */
    FROZEN,
    /** Some bands lie on the other side of the price; they are left out. */
    CROSSED,
    /** The newest report is too old; it is not used. */
    STALE,
    /** Never reported. */
    MISSING
}
