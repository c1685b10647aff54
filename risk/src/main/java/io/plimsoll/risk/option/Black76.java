package io.plimsoll.risk.option;

import io.plimsoll.risk.NormalDistribution;

/**
 * European options on a forward: F. Black, The pricing of commodity contracts (1976), not discounted. With
 * {@code d1 = (ln(F/K) + v^2 T / 2) / (v sqrt T)} and {@code d2 = d1 - v sqrt T} a call is worth
 * {@code F N(d1) - K N(d2)}, a put {@code K N(-d2) - F N(-d1)}.
 *
 * <p>Interest is left out: over the weeks that crypto options run its part is far below that of the volatility.
 */
public final class Black76 {

    private Black76() {}

    /**
     * Value and sensitivities of a long option.
     *
     * @param forward F, units of the strike, > 0
     * @param strike K, > 0
     * @param years T, time to expiry, years, >= 0
     * @param volatility v, fraction a year, >= 0; where it or the time is 0, the option is worth what exercise gives
     */
    public static Greeks greeks(OptionRight right, double forward, double strike, double years, double volatility) {
        requirePositive("forward", forward);
        requirePositive("strike", strike);
        requireNotNegative("years", years);
        requireNotNegative("volatility", volatility);
        int sign = right.sign();
        double deviation = volatility * Math.sqrt(years);
        if (deviation == 0) {
            double exercised = sign * (forward - strike);
            return new Greeks(Math.max(0, exercised), exercised > 0 ? sign : 0, 0, 0, 0, 0);
        }
        double d1 = StrictMath.log(forward / strike) / deviation + deviation / 2;
        double d2 = d1 - deviation;
        double delta = sign * NormalDistribution.cumulative(sign * d1);
        double density = NormalDistribution.density(d1);
        double vega = forward * density * Math.sqrt(years);
        return new Greeks(
                Math.max(0, forward * delta - sign * strike * NormalDistribution.cumulative(sign * d2)),
                delta,
                density / (forward * deviation),
                vega,
                -density * d2 / volatility,
                vega * d1 * d2 / volatility);
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed is a finite number above 0");
        }
    }

    private static void requireNotNegative(String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed is a finite number of 0 or more");
        }
    }
}
