package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.known;
import static io.plimsoll.topology.alerts.MetricGroup.share;

import io.plimsoll.schemas.avro.SystemState;

/** Metrics of markets added up: of a venue, an asset, or all. */
final class SystemStateMetrics {

    static final MetricGroup<SystemState> GROUP = group();

    private SystemStateMetrics() {}

    private static MetricGroup<SystemState> group() {
        return new MetricGroup<SystemState>("system-state")
                .add("markets", Unit.COUNT, "Markets in it.", SystemState::getMarkets)
                .add(
                        "openInterestUsd",
                        Unit.USD,
                        "Observed open interest, single-sided.",
                        SystemState::getOpenInterestUsd)
                .add("longNotionalUsd", Unit.USD, "Notional of the longs.", SystemState::getLongNotionalUsd)
                .add("shortNotionalUsd", Unit.USD, "Notional of the shorts.", SystemState::getShortNotionalUsd)
                .add(
                        "longEquityUsd",
                        Unit.USD,
                        "Equity behind the longs; may be negative.",
                        SystemState::getLongEquityUsd)
                .add(
                        "shortEquityUsd",
                        Unit.USD,
                        "Equity behind the shorts; may be negative.",
                        SystemState::getShortEquityUsd)
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
                .add(
                        "venueOpenInterestUsd",
                        Unit.USD,
                        "Open interest that the venues report.",
                        state -> known(state.getVenueOpenInterestUsd()))
                .add(
                        "coverageLong",
                        Unit.FRACTION,
                        "Observed longs over the venues' open interest.",
                        state -> known(state.getCoverageLong()))
                .add(
                        "coverageShort",
                        Unit.FRACTION,
                        "Observed shorts over the venues' open interest.",
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
                        SystemState::getVenueLinesCompared)
                .add(
                        "stalenessMs",
                        Unit.MILLISECONDS,
                        "Age of the oldest input, at the state's own event time.",
                        SystemState::getStalenessMs);
    }
}
