package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * What one open position adds to the book of its market. Adding and removing the same entry leaves every sum as it was.
 *
 * @param lots signed size, not zero
 * @param entryNotionalMicroUsd size times entry price, >= 0
 * @param cashMicroUsd collateral attributed to the position; may be negative
 * @param liquidationBucket cell of the liquidation price; null where no price liquidates it
 * @param bankruptcyBucket cell of the bankruptcy price; null where none does
 * @param venueReported whether the liquidation price is the venue's own
 */
public record BookEntry(
        String market,
        long lots,
        long entryNotionalMicroUsd,
        long cashMicroUsd,
        @Nullable Integer liquidationBucket,
        @Nullable Integer bankruptcyBucket,
        boolean venueReported) {

    /** Side of the position. */
    public Side side() {
        return Side.of(lots);
    }
}
