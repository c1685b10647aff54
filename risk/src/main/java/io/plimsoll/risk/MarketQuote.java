package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * What a market's venue says of it.
 *
 * @param markPrice quote units per base unit, > 0
 * @param quoteUsd US dollars per unit of the quote asset, > 0
 * @param indexPrice index or oracle price; null where not reported
 * @param fundingRate8h fraction of notional per 8 hours, positive: longs pay; null where not reported
 * @param fundingInterestRate interest part of the venue's funding formula, fraction per 8 hours
 * @param fundingClamp half width of its clamp, fraction per 8 hours, > 0
 * @param venueOpenInterest single-sided, base units, >= 0; null where not reported
 */
public record MarketQuote(
        double markPrice,
        double quoteUsd,
        @Nullable Double indexPrice,
        @Nullable Double fundingRate8h,
        double fundingInterestRate,
        double fundingClamp,
        @Nullable Double venueOpenInterest) {

    /** (funding - interest) / clamp, a ratio; positive: longs are crowded. Null where funding is not reported. */
    public @Nullable Double fundingImpliedSkew() {
        return fundingRate8h == null ? null : (Double) ((fundingRate8h - fundingInterestRate) / fundingClamp);
    }
}
