package io.plimsoll.risk.option;

import org.jspecify.annotations.Nullable;

/**
 * All open contracts of one option.
 *
 * @param strike units of the strike (US dollars) per base unit, > 0
 * @param expiryMs epoch milliseconds
 * @param forward price of the underlying that volatility and greeks are of, units of the strike, > 0
 * @param volatility implied by the mark price, fraction a year, >= 0
 * @param venueDelta the venue's own delta; null: not reported, the model's counts
 * @param venueGamma the venue's own gamma, per unit of the strike; null: as for delta
 * @param venueVega the venue's own vega, per point of volatility (0.01); null: as for delta
 * @param openInterest base units, each contract counted once, > 0
 */
public record OpenOption(
        OptionRight right,
        double strike,
        long expiryMs,
        double forward,
        double volatility,
        @Nullable Double venueDelta,
        @Nullable Double venueGamma,
        @Nullable Double venueVega,
        double openInterest) {

    private static final double MS_PER_YEAR = 365.0 * 24 * 60 * 60 * 1000;

    /** Value and sensitivities by the model, where the forward is {@code factor} times what it is now. */
    Greeks model(double factor, long nowMs) {
        return Black76.greeks(right, forward * factor, strike, Math.max(0, expiryMs - nowMs) / MS_PER_YEAR, volatility);
    }
}
