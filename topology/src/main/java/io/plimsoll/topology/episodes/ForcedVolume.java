package io.plimsoll.topology.episodes;

/**
 * What was forced to trade in a market lately, each trade once; where a feed leaves some out, at least.
 *
 * @param longUsd5m longs closed by force within the last five minutes of event time, USD, >= 0
 * @param shortUsd5m shorts, the same
 * @param longUsd1h longs within the last hour, USD, >= 0
 * @param shortUsd1h shorts, the same
 */
public record ForcedVolume(double longUsd5m, double shortUsd5m, double longUsd1h, double shortUsd1h) {}
