package io.plimsoll.risk.carry;

import io.plimsoll.risk.Side;
import org.jspecify.annotations.Nullable;

/**
 * What funding costs one side of a market, at its present rate; positive is paid, negative is received.
 *
 * @param usdPerHour US dollars per hour
 * @param shareOfEquityPerDay fraction of the side's equity per day; null where equity is not above 0
 */
public record FundingBurden(double usdPerHour, @Nullable Double shareOfEquityPerDay) {

    /** Hours that the rate of a quote is for. */
    public static final double RATE_HOURS = 8;

    private static final double HOURS_PER_DAY = 24;

    /**
     * The burden of a side.
     *
     * @param fundingRate8h fraction of notional per 8 hours, positive: longs pay
     */
    public static FundingBurden of(Side side, double fundingRate8h, double notionalUsd, double equityUsd) {
        double usdPerHour = side.sign() * fundingRate8h / RATE_HOURS * notionalUsd;
        return new FundingBurden(usdPerHour, equityUsd > 0 ? (Double) (HOURS_PER_DAY * usdPerHour / equityUsd) : null);
    }
}
