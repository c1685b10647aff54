package io.plimsoll.topology.alerts;

import io.plimsoll.topology.episodes.ForcedVolume;

/** Metrics of what was forced to trade in a market lately. */
final class ForcedVolumeMetrics {

    static final MetricGroup<ForcedVolume> GROUP = new MetricGroup<ForcedVolume>("liquidations")
            .add(
                    "liquidatedUsd5m",
                    Unit.USD,
                    "",
                    "Forced volume of the last five minutes, each trade once.",
                    volume -> volume.longUsd5m() + volume.shortUsd5m())
            .add(
                    "liquidatedLongUsd5m",
                    Unit.USD,
                    "",
                    "Longs closed by force in the last five minutes.",
                    ForcedVolume::longUsd5m)
            .add(
                    "liquidatedShortUsd5m",
                    Unit.USD,
                    "",
                    "Shorts closed by force in the last five minutes.",
                    ForcedVolume::shortUsd5m)
            .add(
                    "liquidatedUsd1h",
                    Unit.USD,
                    "",
                    "Forced volume of the last hour.",
                    volume -> volume.longUsd1h() + volume.shortUsd1h());

    private ForcedVolumeMetrics() {}
}
