package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.known;

import io.plimsoll.schemas.avro.AccountLeverageMeasures;
import io.plimsoll.schemas.avro.AccountLeverageQuantile;
import io.plimsoll.schemas.avro.Contagion;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Metrics of how falls of prices reach each other, and of what all accounts stand on, of the whole system. */
final class ContagionMetrics {

    private static final double MEDIAN = 0.5;
    private static final double NINETY_PERCENT = 0.9;

    static final MetricGroup<Contagion> GROUP = new MetricGroup<Contagion>("contagion")
            .add(
                    "spectralRadius",
                    Unit.RATIO,
                    "Of the matrix of feedbacks; below 1 rounds of sales die out.",
                    contagion -> known(contagion.getSpectralRadius()))
            .add(
                    "aggregateVulnerability",
                    Unit.FRACTION,
                    "Loss of all longs as a share of the equity of all, if prices fall by 1 % and all sell back to"
                            + " their leverage.",
                    contagion -> known(contagion.getAggregateVulnerability()))
            .add(
                    "grossLeverage",
                    Unit.RATIO,
                    "Notionals of all accounts over their equity, longs and shorts added.",
                    contagion -> known(contagion.getGrossLeverage()))
            .add(
                    "commitmentLeverage",
                    Unit.RATIO,
                    "The same after each account's longs and shorts of one asset are netted.",
                    contagion -> known(contagion.getCommitmentLeverage()))
            .add(
                    "longAccountLeverageMedian",
                    Unit.RATIO,
                    "accountLeverage.quantiles.longByAccounts",
                    "Leverage that half of the accounts net long do not exceed.",
                    quantile(MEDIAN, AccountLeverageQuantile::getLongByAccounts))
            .add(
                    "shortAccountLeverageMedian",
                    Unit.RATIO,
                    "accountLeverage.quantiles.shortByAccounts",
                    "Leverage that half of the accounts net short do not exceed.",
                    quantile(MEDIAN, AccountLeverageQuantile::getShortByAccounts))
            .add(
                    "longAccountLeverageP90",
                    Unit.RATIO,
                    "accountLeverage.quantiles.longByNotional",
                    "Leverage that accounts with nine tenths of the notional of those net long do not exceed.",
                    quantile(NINETY_PERCENT, AccountLeverageQuantile::getLongByNotional))
            .add(
                    "shortAccountLeverageP90",
                    Unit.RATIO,
                    "accountLeverage.quantiles.shortByNotional",
                    "Leverage that accounts with nine tenths of the notional of those net short do not exceed.",
                    quantile(NINETY_PERCENT, AccountLeverageQuantile::getShortByNotional))
            .add(
                    "accountsWithoutEquity",
                    Unit.COUNT,
                    "withoutEquity",
                    "Accounts that hold something and have no equity.",
                    ContagionMetrics::withoutEquity)
            .add(
                    "poolsUnpriced",
                    Unit.COUNT,
                    "Pools that could not be judged, as a price is missing.",
                    Contagion::getPoolsUnpriced);

    private ContagionMetrics() {}

    private static ToDoubleFunction<Contagion> quantile(
            double part, Function<AccountLeverageQuantile, @Nullable Double> reading) {
        return contagion -> {
            AccountLeverageMeasures measures = contagion.getAccountLeverage();
            if (measures != null) {
                for (AccountLeverageQuantile quantile : measures.getQuantiles()) {
                    if (quantile.getQuantile() == part) {
                        return known(reading.apply(quantile));
                    }
                }
            }
            return Double.NaN;
        };
    }

    private static double withoutEquity(Contagion contagion) {
        Long count = contagion.getWithoutEquity();
        return count == null ? Double.NaN : count;
    }
}
