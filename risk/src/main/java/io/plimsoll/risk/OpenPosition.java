package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * A position of a linear contract, with what its market says about it.
 *
 * @param market venue:symbol
 * @param lotSize lots of its instrument
 * @param table its instrument's margin table
 * @param lots signed size, not zero
 * @param entryPrice quote units, > 0
 * @param entryNotionalMicroUsd size times entry price, >= 0
 * @param isolatedMarginMicroUsd its own collateral; null where it shares the account's
 * @param maxLeverage its own maximum leverage; null where it is the instrument's
 * @param venueLiquidationPrice the venue's own liquidation price; null where not reported
 */
public record OpenPosition(
        String market,
        LotSize lotSize,
        MarginTable table,
        long lots,
        double entryPrice,
        long entryNotionalMicroUsd,
        @Nullable Long isolatedMarginMicroUsd,
        @Nullable Double maxLeverage,
        @Nullable Double venueLiquidationPrice) {

    /** Largest size of one position, lots: a thousand such still add up within a long. */
    public static final long MAX_LOTS = 9_000_000_000_000_000L;

    /** Largest notional of one position: nine billion dollars. */
    public static final long MAX_NOTIONAL_MICRO_USD = 9_000_000_000_000_000L;

    public OpenPosition {
        if (lots == 0 || Math.abs(lots) > MAX_LOTS) {
            throw new IllegalArgumentException("lots is " + lots + ", allowed is +-1 to " + MAX_LOTS);
        }
        if (entryNotionalMicroUsd < 0 || entryNotionalMicroUsd > MAX_NOTIONAL_MICRO_USD) {
            throw new IllegalArgumentException("entry notional is " + MicroUsd.toUsd(entryNotionalMicroUsd)
                    + " USD, allowed is 0 to " + MicroUsd.toUsd(MAX_NOTIONAL_MICRO_USD));
        }
    }

    Side side() {
        return Side.of(lots);
    }

    boolean isCross() {
        return isolatedMarginMicroUsd == null;
    }

    double quantity() {
        return lotSize.size(Math.abs(lots));
    }

    MarginTable ownTable() {
        return table.forPosition(maxLeverage);
    }
}
