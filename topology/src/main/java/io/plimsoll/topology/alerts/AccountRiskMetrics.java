package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.orInfinite;

import io.plimsoll.schemas.avro.AccountRisk;

/** Metrics of an account near its line. */
final class AccountRiskMetrics {

    static final MetricGroup<AccountRisk> GROUP = new MetricGroup<AccountRisk>("account-risk")
            .add(
                    "distance",
                    Unit.FRACTION,
                    "Smallest common move of all its prices, up or down, that liquidates it; 0: past its line,"
                            + " infinite: none does.",
                    risk -> Math.abs(orInfinite(risk.getDistance())))
            .add(
                    "marginRatio",
                    Unit.RATIO,
                    "Requirement over backing of the pool nearest to its line; 1 is the line, infinite: no backing.",
                    risk -> orInfinite(risk.getMarginRatio()))
            .add("equityUsd", Unit.USD, "Equity; may be negative.", AccountRisk::getEquityUsd)
            .add("grossNotionalUsd", Unit.USD, "Sum of notionals.", AccountRisk::getGrossNotionalUsd)
            .add(
                    "grossLeverage",
                    Unit.RATIO,
                    "Notionals over equity; infinite: equity is not above 0.",
                    risk -> orInfinite(risk.getGrossLeverage()))
            .add(
                    "forcedNotionalUsd",
                    Unit.USD,
                    "What would be sold or bought first.",
                    AccountRisk::getForcedNotionalUsd)
            .add(
                    "stalenessMs",
                    Unit.MILLISECONDS,
                    "Age of the oldest input, at the account's own event time.",
                    AccountRisk::getStalenessMs);

    private AccountRiskMetrics() {}
}
