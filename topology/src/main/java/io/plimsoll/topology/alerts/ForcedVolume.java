package io.plimsoll.topology.alerts;

/**
 * What was forced to trade in a market lately, each trade once; where a feed leaves some out, at least.
 *
 * @param longUsd5m longs closed by force within the last five minutes of event time, USD, >= 0
 * @param shortUsd5m shorts, the same
 * @param longUsd1h longs within the last hour, USD, >= 0
 * @param shortUsd1h shorts, the same
 */
public record ForcedVolume(double longUsd5m, double shortUsd5m, double longUsd1h, double shortUsd1h) {

    static final MetricGroup<ForcedVolume> METRICS = new MetricGroup<ForcedVolume>("liquidations")
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
}
