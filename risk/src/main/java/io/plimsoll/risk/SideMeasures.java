package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * Measures of one side of a market.
 *
 * @param positions count
 * @param size base units, >= 0
 * @param notionalMicroUsd size at the mark price, >= 0
 * @param entryPrice size-weighted entry price; null where there is no position
 * @param unrealisedMicroUsd profit not taken yet; negative is loss
 * @param equityMicroUsd unrealised profit plus attributed cash; may be negative
 * @param leverage notional / equity; null where there is no position, or equity is not above 0
 * @param coverage size / the venue's open interest; null where that is not reported
 */
public record SideMeasures(
        int positions,
        double size,
        long notionalMicroUsd,
        @Nullable Double entryPrice,
        long unrealisedMicroUsd,
        long equityMicroUsd,
        @Nullable Double leverage,
        @Nullable Double coverage) {

    static SideMeasures of(Side side, SideSums sums, Contract contract, MarketQuote quote) {
        SideValue value = SideValue.of(side, sums, contract, quote);
        Double venueOpenInterest = quote.venueOpenInterest();
        return new SideMeasures(
                sums.positions(),
                value.size(),
                value.notionalMicroUsd(),
                sums.positions() == 0 ? null : (Double) entryPrice(sums, contract),
                value.unrealisedMicroUsd(),
                value.equityMicroUsd(),
                Leverage.of(value.notionalMicroUsd(), value.equityMicroUsd()),
                venueOpenInterest == null || venueOpenInterest == 0
                        ? null
                        : (Double) (value.size() / venueOpenInterest));
    }

    /** Of an inverse contract the harmonic mean: face value over coins. */
    private static double entryPrice(SideSums sums, Contract contract) {
        double size = contract.lotSize().size(sums.lots());
        double atEntry = contract.settleUnits(sums.entryAmount());
        return contract.shape() == Shape.INVERSE ? size / atEntry : atEntry / size;
    }
}
