package io.plimsoll.risk.survey;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Impact;
import org.jspecify.annotations.Nullable;

/**
 * What the whole system must know of a market.
 *
 * @param market venue:symbol
 * @param baseAsset asset whose price it follows: BTC
 * @param lotSize what a lot is; impacts count in its sizes: base units, or face value where inverse
 * @param price mark price, quote units, > 0
 * @param quoteUsd US dollars per quote unit, > 0
 * @param down what forced sales do to the price at today's depth; null where nothing is known: they leave it where it is
 * @param up what forced purchases do to it; null likewise
 * @param openInterestUsd its weight in the common factor, USD, >= 0: open interest of one side; of a coin's own market what
 *     is held of it as collateral, or 0
 */
public record MarketTerms(
        String market,
        String baseAsset,
        LotSize lotSize,
        Shape shape,
        double price,
        double quoteUsd,
        @Nullable Impact down,
        @Nullable Impact up,
        double openInterestUsd) {

    /** Furthest that the price falls in ln(price), also where the book is exhausted: a thousandth is left. */
    static final double DEEPEST_FALL = StrictMath.log(1000);

    /** Furthest that it rises: ten times. */
    static final double HIGHEST_RISE = StrictMath.log(10);

    public MarketTerms {
        if (!(price > 0) || price == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("price of " + market + " is " + price + ", allowed is a number above 0");
        }
        if (!(quoteUsd > 0) || quoteUsd == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "quoteUsd of " + market + " is " + quoteUsd + ", allowed is a number above 0");
        }
        if (!(openInterestUsd >= 0) || openInterestUsd == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "openInterestUsd of " + market + " is " + openInterestUsd + ", allowed is a number from 0");
        }
    }

    /** What forced trades of a direction do with a share of the depth; null where nothing is known. */
    @Nullable
    Impact impact(Direction direction, double depthHaircut) {
        Impact all = direction == Direction.FALL ? down : up;
        return all == null || depthHaircut == 1 ? all : all.withDepth(depthHaircut);
    }

    static double farthest(Direction direction) {
        return direction == Direction.FALL ? DEEPEST_FALL : HIGHEST_RISE;
    }

    /** US dollars of a unit of volume at the mark price. */
    double usdPerUnit() {
        return shape == Shape.INVERSE ? quoteUsd : price * quoteUsd;
    }

    /** US dollars of lots at the mark price. */
    double usd(long lots) {
        return lotSize.size(lots) * usdPerUnit();
    }

    static void checkDepth(double depthHaircut) {
        if (!(depthHaircut > 0 && depthHaircut <= 1)) {
            throw new IllegalArgumentException("depth haircut is " + depthHaircut + ", allowed is above 0, to 1");
        }
    }
}
