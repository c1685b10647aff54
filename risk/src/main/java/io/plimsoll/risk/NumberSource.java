package io.plimsoll.risk;

/** How an account's numbers were obtained; the least certain one speaks for the account. */
public enum NumberSource {
    /** From its positions, its collateral and the venue's formula. */
    COMPUTED,
    /** The venue's own liquidation prices or margin ratio, because ours do not agree with them or cannot be computed. */
    VENUE_REPORTED,
    /** Options by their greeks. */
    MODELLED
}
