package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.ForcedAgainstDepth;
import io.plimsoll.schemas.avro.LiquidityMeasures;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.VolatilityMeasures;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Metrics of a market's measures. Where a group is switched off none of its metrics is known. */
final class MeasureMetrics {

    private static final String[] HORIZONS = {"1h", "1d", "30d"};
    private static final int[] DISTANCES_PERCENT = {1, 2, 5};

    static final MetricGroup<MeasureSet> GROUP = group();

    private MeasureMetrics() {}

    private static MetricGroup<MeasureSet> group() {
        MetricGroup<MeasureSet> group = new MetricGroup<>("market-measures");
        addVolatility(group);
        addLiquidity(group);
        CycleMetrics.addTo(group, MeasureSet::getCycle, MeasureSet::getAsOfMs);
        LeverageMetrics.addTo(group);
        return group;
    }

    private static void addVolatility(MetricGroup<MeasureSet> group) {
        for (int i = 0; i < HORIZONS.length; i++) {
            int place = i;
            group.add(
                    "volatility" + HORIZONS[i],
                    Unit.FRACTION,
                    "volatility.horizons.annual",
                    "Realised volatility a year, over the horizon in its name.",
                    volatility(its -> its.getHorizons().get(place).getAnnual()));
        }
        group.add(
                        "longScaledLeverage",
                        Unit.FRACTION,
                        "volatility.longScaledLeverage",
                        "Share of the longs' equity that a day's move of one standard deviation costs.",
                        volatility(VolatilityMeasures::getLongScaledLeverage))
                .add(
                        "shortScaledLeverage",
                        Unit.FRACTION,
                        "volatility.shortScaledLeverage",
                        "Share of the shorts' equity that a day's move of one standard deviation costs.",
                        volatility(VolatilityMeasures::getShortScaledLeverage))
                .add(
                        "longAtRiskUsd1d",
                        Unit.USD,
                        "volatility.longAtRiskUsd1d",
                        "Longs to be expected to reach their line within a day.",
                        volatility(VolatilityMeasures::getLongAtRiskUsd1d))
                .add(
                        "shortAtRiskUsd1d",
                        Unit.USD,
                        "volatility.shortAtRiskUsd1d",
                        "Shorts to be expected to reach their line within a day.",
                        volatility(VolatilityMeasures::getShortAtRiskUsd1d));
    }

    private static void addLiquidity(MetricGroup<MeasureSet> group) {
        for (int i = 0; i < DISTANCES_PERCENT.length; i++) {
            int place = i;
            group.add(
                            "saleShots" + DISTANCES_PERCENT[i],
                            Unit.RATIO,
                            "liquidity.bands.saleShots",
                            "Bids within that many percent over what a fall so far forces; below 1 they do not hold it.",
                            liquidity(its -> shots(its, place, ForcedAgainstDepth::getSaleShots)))
                    .add(
                            "purchaseShots" + DISTANCES_PERCENT[i],
                            Unit.RATIO,
                            "liquidity.bands.purchaseShots",
                            "Offers within that many percent over what a rise so far forces; below 1 they do not hold it.",
                            liquidity(its -> shots(its, place, ForcedAgainstDepth::getPurchaseShots)));
        }
        group.add(
                        "depthRatio",
                        Unit.RATIO,
                        "liquidity.depthRatio",
                        "Depth within 1 % over its median of 30 days.",
                        liquidity(LiquidityMeasures::getDepthRatio))
                .add(
                        "roundTripCost",
                        Unit.FRACTION,
                        "liquidity.roundTripCost",
                        "What buying and selling all of the innermost band costs.",
                        liquidity(LiquidityMeasures::getRoundTripCost));
    }

    private static @Nullable Double shots(
            LiquidityMeasures measures, int place, Function<ForcedAgainstDepth, @Nullable Double> side) {
        return side.apply(measures.getBands().get(place));
    }

    private static ToDoubleFunction<MeasureSet> volatility(Function<VolatilityMeasures, @Nullable Double> reading) {
        return of(MeasureSet::getVolatility, reading);
    }

    private static ToDoubleFunction<MeasureSet> liquidity(Function<LiquidityMeasures, @Nullable Double> reading) {
        return of(MeasureSet::getLiquidity, reading);
    }

    static <G> ToDoubleFunction<MeasureSet> of(
            Function<MeasureSet, @Nullable G> group, Function<G, @Nullable Double> reading) {
        return measures -> {
            G its = group.apply(measures);
            return its == null ? Double.NaN : MetricGroup.known(reading.apply(its));
        };
    }
}
