package io.plimsoll.risk.efficiency;

import io.plimsoll.risk.volatility.RealisedVolatility;
import io.plimsoll.risk.volatility.ReturnSeries;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much leverage two rules of thumb would allow on a market, for information: volatility targeting, and half of what Kelly's
 * rule says of the drift that was. No advice: the drift of a month says next to nothing of the next, as its error shows.
 *
 * @param dailyVolatility standard deviation of ln(price) a day, fraction, > 0
 * @param volatilityTarget what one such deviation may cost of the equity, fraction
 * @param volatilityTargetLeverage the leverage at which it does, ratio, > 0
 * @param driftPerDay mean return a day, fraction
 * @param driftError its standard error, fraction, > 0
 * @param kellyFraction part of Kelly's leverage that is taken
 * @param kellyLeverage that part of drift / variance, ratio; negative: short
 * @param kellyLow lower end of its 95 % interval
 * @param kellyHigh upper end
 */
public record LeverageCaps(
        double dailyVolatility,
        double volatilityTarget,
        double volatilityTargetLeverage,
        double driftPerDay,
        double driftError,
        double kellyFraction,
        double kellyLeverage,
        double kellyLow,
        double kellyHigh) {

    static final double TARGET = 0.05;
    static final double FRACTION = 0.5;

    /** Least time from which it is told. */
    static final long LEAST_MS = Duration.ofDays(3).toMillis();

    private static final double TWO_SIDED_95 = 1.959963984540054;

    /** From a market's returns; null where they cover less than three days, or the price stood still. */
    public static @Nullable LeverageCaps of(ReturnSeries returns) {
        RealisedVolatility volatility = RealisedVolatility.of(returns);
        if (volatility == null || returns.spanMs() < LEAST_MS || volatility.annual() == 0) {
            return null;
        }
        double days = returns.spanMs() / RealisedVolatility.DAY_MS;
        double daily = volatility.daily();
        double variance = daily * daily;
        double sum = 0;
        for (int i = 0; i < returns.size(); i++) {
            sum += returns.value(i);
        }
        double drift = sum / days + variance / 2;
        double error = daily / Math.sqrt(days);
        return new LeverageCaps(
                daily,
                TARGET,
                TARGET / daily,
                drift,
                error,
                FRACTION,
                FRACTION * drift / variance,
                FRACTION * (drift - TWO_SIDED_95 * error) / variance,
                FRACTION * (drift + TWO_SIDED_95 * error) / variance);
    }
}
