package io.plimsoll.topology.measures;

import io.plimsoll.risk.depth.BookSide;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.topology.markets.CascadeMoment;
import io.plimsoll.topology.markets.LadderMoment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What groups measure: a market as it is now, and what it was.
 *
 * @param market venue:symbol
 * @param ladder null where none was published yet; it may be older than the state, whose price is the present one
 * @param cascade where its depth is known from; null where none was published yet, and of options
 * @param history what is remembered of it
 */
public record MeasuredMarket(
        String market,
        MarketState state,
        @Nullable LadderMoment ladder,
        @Nullable CascadeMoment cascade,
        MarketHistory history) {

    static final double NEAR = 0.01;

    /** The newest depth; null where it is not known or cannot be believed. */
    @Nullable
    UsableDepth depth() {
        return cascade == null ? null : cascade.depth();
    }

    /**
     * The market's place in every {@link Series}.
     *
     * @param forcedUsd forced volume of the hour before; NaN where none was ever reported
     */
    double[] sample(double forcedUsd) {
        double[] values = new double[Series.values().length];
        Arrays.fill(values, Double.NaN);
        values[Series.PRICE.ordinal()] = state.getMarkPrice();
        values[Series.DEPTH_USD.ordinal()] = depthUsd();
        values[Series.VENUE_OPEN_INTEREST.ordinal()] = known(state.getVenueOpenInterest());
        values[Series.OPEN_INTEREST.ordinal()] = state.getOpenInterest();
        values[Series.LEVERAGE.ordinal()] = known(state.getLeverage());
        values[Series.BASIS.ordinal()] = state.getMarkPrice() / known(state.getIndexPrice()) - 1;
        values[Series.FUNDING.ordinal()] = known(state.getFundingRate8h());
        values[Series.SKEW.ordinal()] = known(state.getLeverageSkew());
        values[Series.FORCED_USD.ordinal()] = forcedUsd;
        return values;
    }

    /** Bids and offers within 1 %, USD; NaN where they are not known. */
    double depthUsd() {
        UsableDepth depth = depth();
        return depth == null || ladder == null
                ? Double.NaN
                : (depth.within(BookSide.BID, NEAR) + depth.within(BookSide.ASK, NEAR)) * usdPerUnit(ladder);
    }

    /** One side of the book within 1 %, USD; NaN where it is not known. */
    double depthUsd(BookSide side) {
        UsableDepth depth = depth();
        return depth == null || ladder == null ? Double.NaN : depth.within(side, NEAR) * usdPerUnit(ladder);
    }

    /** US dollars per unit of depth at the mark price: base units, where inverse units of face value. */
    private double usdPerUnit(LadderMoment ladder) {
        double mark = state.getMarkPrice();
        double perLot = ladder.contract().baseUnits(1, mark) * mark * state.getQuotePriceUsd();
        return perLot / ladder.contract().lotSize().size(1);
    }

    private static double known(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
