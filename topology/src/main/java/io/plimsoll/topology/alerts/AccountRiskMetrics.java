package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.orInfinite;

import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.MarginCallState;
import org.jspecify.annotations.Nullable;

/** Metrics of an account near its line. */
final class AccountRiskMetrics {

    static final MetricGroup<AccountRisk> GROUP = new MetricGroup<AccountRisk>("account-risk")
            .add(
                    "distance",
                    Unit.FRACTION,
                    "Smallest common move of all its prices, up or down, that liquidates it; 0: past its line,"
                            + " infinite: none does, or it is no longer near its line.",
                    AccountRiskMetrics::distance)
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
                    "fundingLiquidationMs",
                    Unit.MILLISECONDS,
                    "Time until funding alone brings it to its line; infinite: it never does, that is not known, or it is"
                            + " no longer near its line.",
                    risk -> time(risk, risk.getFundingLiquidationMs()))
            .add(
                    "interestLiquidationMs",
                    Unit.MILLISECONDS,
                    "Time until interest alone brings it to its line; infinite: it never does, that is not known, or it is"
                            + " no longer near its line.",
                    risk -> time(risk, risk.getInterestLiquidationMs()))
            .add(
                    "stalenessMs",
                    Unit.MILLISECONDS,
                    "Age of the oldest input, at the account's own event time.",
                    AccountRisk::getStalenessMs);

    private AccountRiskMetrics() {}

    /** As with the distance. */
    private static double time(AccountRisk risk, @Nullable Long ms) {
        return risk.getState() == MarginCallState.OK || ms == null ? Double.POSITIVE_INFINITY : ms;
    }

    /** The record that says OK is the last for a while: whatever its distance is then, it would stand for as long. */
    private static double distance(AccountRisk risk) {
        return risk.getState() == MarginCallState.OK
                ? Double.POSITIVE_INFINITY
                : Math.abs(orInfinite(risk.getDistance()));
    }
}
