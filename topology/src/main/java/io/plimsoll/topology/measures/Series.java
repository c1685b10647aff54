package io.plimsoll.topology.measures;

/**
 * What of a market is remembered. Its place is its place in stored rows: new ones are appended, none is moved or taken
 * away.
 */
public enum Series {
    /** Mark price, quote units. */
    PRICE,
    /** Bids and offers within 1 %, USD. */
    DEPTH_USD,
    /** Open interest that the venue reports, base units. */
    VENUE_OPEN_INTEREST,
    /** Open interest of the observed accounts, base units. */
    OPEN_INTEREST,
    /** Both notionals over both equities. */
    LEVERAGE,
    /** Mark over index less 1. */
    BASIS,
    /** Fraction of notional per 8 hours. */
    FUNDING,
    /** Leverage skew. */
    SKEW,
    /** Forced volume of the hour before, USD. */
    FORCED_USD
}
