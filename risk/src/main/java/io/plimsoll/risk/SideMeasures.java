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

    static SideMeasures of(
            Side side, SideSums sums, LotSize lotSize, double markPrice, @Nullable Double venueOpenInterest) {
        double size = lotSize.size(sums.lots());
        long notional = lotSize.notionalMicroUsd(sums.lots(), markPrice);
        long unrealised = side.sign() * Math.subtractExact(notional, sums.entryNotionalMicroUsd());
        long equity = Math.addExact(unrealised, sums.cashMicroUsd());
        boolean empty = sums.positions() == 0;
        return new SideMeasures(
                sums.positions(),
                size,
                notional,
                empty ? null : (Double) (MicroUsd.toUsd(sums.entryNotionalMicroUsd()) / size),
                unrealised,
                equity,
                Leverage.of(notional, equity),
                venueOpenInterest == null || venueOpenInterest == 0 ? null : (Double) (size / venueOpenInterest));
    }
}
