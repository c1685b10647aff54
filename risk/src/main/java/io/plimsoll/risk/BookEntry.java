package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * What one open position adds to the book of its market. Adding and removing the same entry leaves every sum as it was.
 *
 * @param lots signed size, not zero
 * @param entryAmount size at the entry price, counted amounts of the settle asset, >= 0
 * @param cashMicroUsd collateral in US dollars attributed to the position; may be negative
 * @param settleCash collateral in the settle asset attributed to it, counted amounts; may be negative
 * @param liquidationBucket cell of the liquidation price; null where no price liquidates it
 * @param bankruptcyBucket cell of the bankruptcy price; null where none does
 * @param equityLine see {@link EquityLine}
 * @param venueLines what its venue's own liquidation price adds to the counts
 */
public record BookEntry(
        String market,
        long lots,
        long entryAmount,
        long cashMicroUsd,
        long settleCash,
        @Nullable Integer liquidationBucket,
        @Nullable Integer bankruptcyBucket,
        double equityLine,
        VenueLines venueLines) {

    /** Side of the position. */
    public Side side() {
        return Side.of(lots);
    }
}
