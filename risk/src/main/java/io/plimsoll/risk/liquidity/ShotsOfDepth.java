package io.plimsoll.risk.liquidity;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.depth.BookSide;
import io.plimsoll.risk.depth.UsableDepth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often the book, within a distance of the price, could take what a move by that distance would force on it. The
 * forced size is what the ladder holds up to there, whether or not its own sales move the price further: a first look, not a
 * cascade.
 *
 * @param distance fraction of the price, > 0
 * @param bidUsd bid within the distance, USD, >= 0; null where the book's bands do not reach so far
 * @param askUsd offered within the distance, USD, >= 0; null as well
 * @param forcedSaleUsd longs whose line a fall by the distance reaches, USD at the mark price, >= 0
 * @param forcedPurchaseUsd shorts whose line a rise by the distance reaches, USD at the mark price, >= 0
 */
public record ShotsOfDepth(
        double distance,
        @Nullable Double bidUsd,
        @Nullable Double askUsd,
        double forcedSaleUsd,
        double forcedPurchaseUsd) {

    /**
     * Measures.
     *
     * @param depth null where there is none that can be believed
     * @param rungs by liquidation price, rising
     * @param markPrice quote units, > 0
     * @param quoteUsd US dollars per quote unit, > 0
     */
    public static ShotsOfDepth of(
            double distance,
            @Nullable UsableDepth depth,
            List<Ladder.Rung> rungs,
            Contract contract,
            double markPrice,
            double quoteUsd) {
        long sales = 0;
        long purchases = 0;
        for (Ladder.Rung rung : rungs) {
            double line = PriceGrid.LADDER.middle(rung.bucket());
            if (line >= markPrice * (1 - distance)) {
                sales += rung.longLots();
            }
            if (line <= markPrice * (1 + distance)) {
                purchases += rung.shortLots();
            }
        }
        double perLot = contract.baseUnits(1, markPrice) * markPrice * quoteUsd;
        double perUnit = perLot / contract.lotSize().size(1);
        return new ShotsOfDepth(
                distance,
                depth == null ? null : inUsd(depth.within(BookSide.BID, distance), perUnit),
                depth == null ? null : inUsd(depth.within(BookSide.ASK, distance), perUnit),
                sales * perLot,
                purchases * perLot);
    }

    /** Bids over forced sales, a ratio >= 0, below 1: the book does not hold them. Null where one is not known, or nothing is forced. */
    public @Nullable Double saleShots() {
        return bidUsd == null || forcedSaleUsd == 0 ? null : (Double) (bidUsd / forcedSaleUsd);
    }

    /** Offers over forced purchases, a ratio >= 0. Null where one is not known, or nothing is forced. */
    public @Nullable Double purchaseShots() {
        return askUsd == null || forcedPurchaseUsd == 0 ? null : (Double) (askUsd / forcedPurchaseUsd);
    }

    private static @Nullable Double inUsd(double quantity, double perUnit) {
        return Double.isNaN(quantity) ? null : (Double) (quantity * perUnit);
    }
}
