package io.plimsoll.risk.cycle;

/**
 * What a market's phase is judged by, hour by hour of the last 31 days, the oldest first, all of one length; NaN where not
 * known.
 *
 * @param openInterest base units
 * @param leverage notional over equity of both sides
 * @param basis mark over index less 1
 * @param funding fraction of notional per 8 hours
 * @param skew leverage skew, -1 to 1
 * @param depthUsd within 1 %, USD
 * @param forcedUsd forced volume of the hour before, USD
 */
public record CycleHistory(
        double[] openInterest,
        double[] leverage,
        double[] basis,
        double[] funding,
        double[] skew,
        double[] depthUsd,
        double[] forcedUsd) {}
