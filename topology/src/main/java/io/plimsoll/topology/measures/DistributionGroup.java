package io.plimsoll.topology.measures;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.distribution.MarketDistribution;
import io.plimsoll.schemas.avro.DistributionMeasures;
import io.plimsoll.schemas.avro.LeverageBand;
import io.plimsoll.schemas.avro.LeverageQuantile;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.markets.LadderMoment;
import org.jspecify.annotations.Nullable;

/** Group distribution: how leverage and sizes are spread over a market's positions. */
final class DistributionGroup implements GroupMeasures {

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        LadderMoment ladder = market.ladder();
        if (ladder != null) {
            MarketState state = market.state();
            MarketDistribution distribution = ladder.distribution(state.getMarkPrice(), state.getQuotePriceUsd());
            into.setDistribution(measures(state, ladder.maxLeverage(), distribution));
        }
    }

    private static DistributionMeasures measures(
            MarketState state, @Nullable Double maxLeverage, MarketDistribution distribution) {
        DistributionMeasures measures = new DistributionMeasures();
        measures.setQuantiles(distribution.quantiles().stream()
                .map(DistributionGroup::quantile)
                .toList());
        measures.setBands(
                distribution.bands().stream().map(DistributionGroup::band).toList());
        MarketDistribution.Amounts none = distribution.withoutEquity();
        measures.setLongWithoutEquityUsd(MicroUsd.toUsd(none.longMicroUsd()));
        measures.setShortWithoutEquityUsd(MicroUsd.toUsd(none.shortMicroUsd()));
        measures.setLongPositionsWithoutEquity(none.longPositions());
        measures.setShortPositionsWithoutEquity(none.shortPositions());
        measures.setMaxLeverage(maxLeverage);
        measures.setLongMaxUse(use(state.getLongLeverage(), maxLeverage));
        measures.setShortMaxUse(use(state.getShortLeverage(), maxLeverage));
        measures.setLongAboveMaxShare(distribution.longAboveMax());
        measures.setShortAboveMaxShare(distribution.shortAboveMax());
        measures.setGini(distribution.gini());
        return measures;
    }

    private static @Nullable Double use(@Nullable Double leverage, @Nullable Double maxLeverage) {
        return leverage == null || maxLeverage == null ? null : (Double) (leverage / maxLeverage);
    }

    private static LeverageQuantile quantile(MarketDistribution.Quantile quantile) {
        return new LeverageQuantile(
                quantile.percent() / 100.0,
                quantile.longBySize(),
                quantile.shortBySize(),
                quantile.longByPositions(),
                quantile.shortByPositions());
    }

    private static LeverageBand band(MarketDistribution.Band band) {
        MarketDistribution.Amounts amounts = band.amounts();
        return new LeverageBand(
                band.from(),
                band.below() == Double.POSITIVE_INFINITY ? null : (Double) band.below(),
                MicroUsd.toUsd(amounts.longMicroUsd()),
                MicroUsd.toUsd(amounts.shortMicroUsd()),
                amounts.longPositions(),
                amounts.shortPositions());
    }
}
