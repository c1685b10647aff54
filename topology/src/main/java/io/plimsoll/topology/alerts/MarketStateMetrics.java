package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.known;
import static io.plimsoll.topology.alerts.MetricGroup.share;

import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.TailSkew;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Metrics of a market's state. */
final class MarketStateMetrics {

    private static final int[] TAILS_PERCENT = {1, 2, 5, 10};

    static final MetricGroup<MarketState> GROUP = group();

    private MarketStateMetrics() {}

    private static MetricGroup<MarketState> group() {
        MetricGroup<MarketState> group = new MetricGroup<>("market-state");
        group.add("markPrice", Unit.QUOTE_UNITS, "Mark price.", MarketState::getMarkPrice)
                .add(
                        "indexGap",
                        Unit.FRACTION,
                        "markPrice / indexPrice - 1",
                        "How far the mark stands above the index; negative: below it.",
                        state -> known(state.getIndexPrice()) > 0
                                ? state.getMarkPrice() / state.getIndexPrice() - 1
                                : Double.NaN)
                .add(
                        "openInterest",
                        Unit.BASE_UNITS,
                        "Observed open interest, single-sided; does not move with the price.",
                        MarketState::getOpenInterest)
                .add(
                        "openInterestUsd",
                        Unit.USD,
                        "Observed open interest at the mark price, single-sided.",
                        MarketState::getOpenInterestUsd)
                .add(
                        "venueOpenInterest",
                        Unit.BASE_UNITS,
                        "Open interest that the venue reports, single-sided.",
                        state -> known(state.getVenueOpenInterest()))
                .add("netSize", Unit.BASE_UNITS, "Observed longs less shorts.", MarketState::getNetSize)
                .add("longNotionalUsd", Unit.USD, "Notional of the longs.", MarketState::getLongNotionalUsd)
                .add("shortNotionalUsd", Unit.USD, "Notional of the shorts.", MarketState::getShortNotionalUsd)
                .add(
                        "longEquityUsd",
                        Unit.USD,
                        "Equity behind the longs; may be negative.",
                        MarketState::getLongEquityUsd)
                .add(
                        "shortEquityUsd",
                        Unit.USD,
                        "Equity behind the shorts; may be negative.",
                        MarketState::getShortEquityUsd)
                .add(
                        "longLeverage",
                        Unit.RATIO,
                        "Notional of the longs over their equity.",
                        state -> known(state.getLongLeverage()))
                .add(
                        "shortLeverage",
                        Unit.RATIO,
                        "Notional of the shorts over their equity.",
                        state -> known(state.getShortLeverage()))
                .add(
                        "leverage",
                        Unit.RATIO,
                        "Notional of both sides over their equity.",
                        state -> known(state.getLeverage()))
                .add(
                        "leverageSkew",
                        Unit.RATIO,
                        "-1 to 1; positive: longs are the more leveraged side.",
                        state -> known(state.getLeverageSkew()))
                .add("hhi", Unit.RATIO, "Herfindahl index of position sizes, 0 to 1.", state -> known(state.getHhi()))
                .add(
                        "effectiveAccounts",
                        Unit.COUNT,
                        "Effective number of positions, 1 / hhi.",
                        state -> known(state.getEffectiveAccounts()))
                .add(
                        "top1Share",
                        Unit.FRACTION,
                        "Share of the largest position in all sizes.",
                        state -> known(state.getTop1Share()))
                .add(
                        "top5Share",
                        Unit.FRACTION,
                        "Share of the five largest positions.",
                        state -> known(state.getTop5Share()))
                .add(
                        "top20Share",
                        Unit.FRACTION,
                        "Share of the twenty largest positions.",
                        state -> known(state.getTop20Share()))
                .add(
                        "fundingRate8h",
                        Unit.FRACTION,
                        "Funding rate per 8 hours; positive: longs pay.",
                        state -> known(state.getFundingRate8h()))
                .add(
                        "fundingImpliedSkew",
                        Unit.RATIO,
                        "Funding in units of the venue's clamp; positive: longs are crowded.",
                        state -> known(state.getFundingImpliedSkew()))
                .add(
                        "coverageLong",
                        Unit.FRACTION,
                        "Observed longs over the venue's open interest.",
                        state -> known(state.getCoverageLong()))
                .add(
                        "coverageShort",
                        Unit.FRACTION,
                        "Observed shorts over the venue's open interest.",
                        state -> known(state.getCoverageShort()))
                .add(
                        "coverage",
                        Unit.FRACTION,
                        "coverageLong, coverageShort",
                        "The lower of the two.",
                        state -> Math.min(known(state.getCoverageLong()), known(state.getCoverageShort())))
                .add(
                        "linesApartShare",
                        Unit.FRACTION,
                        "venueLinesApart / venueLinesCompared",
                        "Share of the positions compared whose liquidation price differs from the venue's own.",
                        state -> share(state.getVenueLinesApart(), state.getVenueLinesCompared()))
                .add(
                        "linesCompared",
                        Unit.COUNT,
                        "venueLinesCompared",
                        "Positions whose liquidation price could be held against the venue's own.",
                        MarketState::getVenueLinesCompared);
        for (int percent : TAILS_PERCENT) {
            group.add(
                    "tailLongShare" + percent,
                    Unit.FRACTION,
                    "tailSkew.longShare",
                    "Share of the longs that a fall by that many percent liquidates.",
                    state -> tail(state, percent, TailSkew::getLongShare));
            group.add(
                    "tailShortShare" + percent,
                    Unit.FRACTION,
                    "tailSkew.shortShare",
                    "Share of the shorts that a rise by that many percent liquidates.",
                    state -> tail(state, percent, TailSkew::getShortShare));
        }
        return group.add(
                "stalenessMs",
                Unit.MILLISECONDS,
                "Age of the oldest input of the market's state, at its own event time.",
                MarketState::getStalenessMs);
    }

    private static double tail(MarketState state, int percent, Function<TailSkew, @Nullable Double> share) {
        for (TailSkew tail : state.getTailSkew()) {
            if (Math.round(tail.getDistance() * 100) == percent) {
                return known(share.apply(tail));
            }
        }
        return Double.NaN;
    }
}
