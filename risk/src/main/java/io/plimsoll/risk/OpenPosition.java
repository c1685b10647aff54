package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * A position with what its instrument says about it.
 *
 * @param lots signed size, not zero; of an option its delta, so that it counts with its delta-equivalent size
 * @param entryPrice quote units, > 0; of an option the underlying's price at which its delta holds
 * @param entryAmount size at the entry price in counted amounts of the settle asset, >= 0
 * @param isolatedMargin its own collateral in counted amounts of the settle asset; null where it shares the account's
 * @param maxLeverage its own maximum leverage; null where it is the instrument's
 * @param venueLine what the venue itself says; null where it says nothing
 * @param gamma change of an option's delta per unit of price, of the whole position; 0 for others
 */
public record OpenPosition(
        Contract contract,
        long lots,
        double entryPrice,
        long entryAmount,
        @Nullable Long isolatedMargin,
        @Nullable Double maxLeverage,
        @Nullable VenueLine venueLine,
        double gamma) {

    /**
     * The venue's own liquidation price, and the price of the moment at which it holds.
     *
     * @param price quote units, > 0; null where not reported
     * @param markPrice mark price at which the venue computed its figures; null where not reported
     */
    public record VenueLine(
            @Nullable Double price, @Nullable Double markPrice) {}

    /** Largest size of one position, lots: a thousand such still add up within a long. */
    public static final long MAX_LOTS = 9_000_000_000_000_000L;

    /** Largest entry amount of one position: nine billion dollars in micro-dollars. */
    public static final long MAX_ENTRY_AMOUNT = 9_000_000_000_000_000L;

    public OpenPosition {
        if (lots == 0 || Math.abs(lots) > MAX_LOTS) {
            throw new IllegalArgumentException("lots is " + lots + ", allowed is +-1 to " + MAX_LOTS);
        }
        if (entryAmount < 0 || entryAmount > MAX_ENTRY_AMOUNT) {
            throw new IllegalArgumentException("entry amount is " + contract.settleUnits(entryAmount)
                    + ", allowed is 0 to " + contract.settleUnits(MAX_ENTRY_AMOUNT));
        }
    }

    /** venue:symbol. */
    public String market() {
        return contract.market();
    }

    /** Side; of an option that of its delta. */
    public Side side() {
        return Side.of(lots);
    }

    /** True where it shares the account's collateral. */
    public boolean isCross() {
        return isolatedMargin == null;
    }

    /** Base units, or face value in quote units where inverse; > 0. */
    public double quantity() {
        return contract.lotSize().size(Math.abs(lots));
    }

    /** Its part of its pool's margin. */
    public Exposure exposure() {
        return contract.shape() == Shape.OPTION
                ? new OptionExposure(
                        side().sign() * quantity(),
                        gamma,
                        entryPrice,
                        contract.table().forPosition(maxLeverage))
                : contract.exposure(side(), quantity(), entryPrice, maxLeverage);
    }
}
