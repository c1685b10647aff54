package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.known;

import io.plimsoll.schemas.avro.Contagion;

/** Metrics of how falls of prices reach each other, of the whole system. */
final class ContagionMetrics {

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
                    "poolsUnpriced",
                    Unit.COUNT,
                    "Pools that could not be judged, as a price is missing.",
                    Contagion::getPoolsUnpriced);

    private ContagionMetrics() {}
}
