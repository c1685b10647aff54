package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.BorrowedMeasures;
import io.plimsoll.schemas.avro.CarryMeasures;
import io.plimsoll.schemas.avro.DistributionMeasures;
import io.plimsoll.schemas.avro.LeverageQuantile;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.SkewMeasures;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Metrics of how a market's leverage is spread over its accounts, which side stands on less, and what it costs. */
final class LeverageMetrics {

    private static final double NINETY_PERCENT = 0.9;

    private LeverageMetrics() {}

    static void addTo(MetricGroup<MeasureSet> group) {
        addDistribution(group);
        addSkew(group);
        addCarry(group);
        addBorrowed(group);
    }

    private static void addDistribution(MetricGroup<MeasureSet> group) {
        group.add(
                        "longLeverageP90",
                        Unit.RATIO,
                        "distribution.quantiles.longByNotional",
                        "Leverage that nine tenths of the longs' notional do not exceed.",
                        distribution(its -> ninetyPercent(its, LeverageQuantile::getLongByNotional)))
                .add(
                        "shortLeverageP90",
                        Unit.RATIO,
                        "distribution.quantiles.shortByNotional",
                        "Leverage that nine tenths of the shorts' notional do not exceed.",
                        distribution(its -> ninetyPercent(its, LeverageQuantile::getShortByNotional)))
                .add(
                        "longWithoutEquityUsd",
                        Unit.USD,
                        "distribution.longWithoutEquityUsd",
                        "Longs whose own equity is gone.",
                        distribution(DistributionMeasures::getLongWithoutEquityUsd))
                .add(
                        "shortWithoutEquityUsd",
                        Unit.USD,
                        "distribution.shortWithoutEquityUsd",
                        "Shorts whose own equity is gone.",
                        distribution(DistributionMeasures::getShortWithoutEquityUsd))
                .add(
                        "longAboveMaxShare",
                        Unit.FRACTION,
                        "distribution.longAboveMaxShare",
                        "Share of longs' notional beyond the highest leverage that may be opened.",
                        distribution(DistributionMeasures::getLongAboveMaxShare))
                .add(
                        "shortAboveMaxShare",
                        Unit.FRACTION,
                        "distribution.shortAboveMaxShare",
                        "Share of shorts' notional beyond the highest leverage that may be opened.",
                        distribution(DistributionMeasures::getShortAboveMaxShare))
                .add(
                        "gini",
                        Unit.RATIO,
                        "distribution.gini",
                        "Gini coefficient of position sizes, 0 to 1.",
                        distribution(DistributionMeasures::getGini));
    }

    private static @Nullable Double ninetyPercent(
            DistributionMeasures measures, Function<LeverageQuantile, @Nullable Double> side) {
        for (LeverageQuantile quantile : measures.getQuantiles()) {
            if (quantile.getQuantile() == NINETY_PERCENT) {
                return side.apply(quantile);
            }
        }
        return null;
    }

    private static void addSkew(MetricGroup<MeasureSet> group) {
        group.add(
                        "meanLeverageSkew",
                        Unit.RATIO,
                        "skew.meanLeverageSkew",
                        "-1 to 1, of mean leverages by notional; positive: longs are the more leveraged side.",
                        skew(SkewMeasures::getMeanLeverageSkew))
                .add(
                        "longShortEquity",
                        Unit.RATIO,
                        "skew.longShortEquity",
                        "Equity of the longs over that of the shorts.",
                        skew(SkewMeasures::getLongShortEquity))
                .add(
                        "fundingSkewScore",
                        Unit.DEVIATIONS,
                        "skew.fundingSkewScore",
                        "How unusual funding is among the hours of 30 days; positive: longs are crowded.",
                        skew(SkewMeasures::getFundingSkewScore));
    }

    private static void addCarry(MetricGroup<MeasureSet> group) {
        group.add(
                        "longFundingShareOfEquityPerDay",
                        Unit.FRACTION,
                        "carry.longFundingShareOfEquityPerDay",
                        "What longs pay in a day over their equity.",
                        carry(CarryMeasures::getLongFundingShareOfEquityPerDay))
                .add(
                        "shortFundingShareOfEquityPerDay",
                        Unit.FRACTION,
                        "carry.shortFundingShareOfEquityPerDay",
                        "What shorts pay in a day over their equity.",
                        carry(CarryMeasures::getShortFundingShareOfEquityPerDay))
                .add(
                        "weakestPayersMs",
                        Unit.MILLISECONDS,
                        "carry.weakestPayersMs",
                        "Time until funding alone liquidates the weakest 5 % of the side that pays.",
                        carry(its -> {
                            Long time = its.getWeakestPayersMs();
                            return time == null ? null : (Double) (double) time;
                        }));
    }

    private static void addBorrowed(MetricGroup<MeasureSet> group) {
        group.add(
                        "borrowedShare",
                        Unit.FRACTION,
                        "borrowed.borrowedShare",
                        "Share of both sides' notional that stands on borrowed money.",
                        MeasureMetrics.of(MeasureSet::getBorrowed, BorrowedMeasures::getBorrowedShare))
                .add(
                        "longBorrowedToBids",
                        Unit.RATIO,
                        "borrowed.longBorrowedToBids",
                        "What longs have borrowed over the bids within 1 %.",
                        MeasureMetrics.of(MeasureSet::getBorrowed, BorrowedMeasures::getLongBorrowedToBids))
                .add(
                        "shortBorrowedToOffers",
                        Unit.RATIO,
                        "borrowed.shortBorrowedToOffers",
                        "What shorts have borrowed over the offers within 1 %.",
                        MeasureMetrics.of(MeasureSet::getBorrowed, BorrowedMeasures::getShortBorrowedToOffers));
    }

    private static ToDoubleFunction<MeasureSet> distribution(Function<DistributionMeasures, @Nullable Double> reading) {
        return MeasureMetrics.of(MeasureSet::getDistribution, reading);
    }

    private static ToDoubleFunction<MeasureSet> skew(Function<SkewMeasures, @Nullable Double> reading) {
        return MeasureMetrics.of(MeasureSet::getSkew, reading);
    }

    private static ToDoubleFunction<MeasureSet> carry(Function<CarryMeasures, @Nullable Double> reading) {
        return MeasureMetrics.of(MeasureSet::getCarry, reading);
    }
}
