package io.plimsoll.risk.volatility;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a price has swung, with and without its jumps.
 *
 * <p>Realised variance is the sum of squared returns; bipower variation, pi/2 times the sum of products of neighbouring
 * absolute returns, hardly notices a single large one. What the first has more than the second is taken for jumps
 * (Barndorff-Nielsen and Shephard, 2004). Both are per step of the grid before they are compared, so that a gap, over which
 * nothing is known of neighbours, does not look like a jump.
 *
 * @param annual standard deviation of ln(price) a year, fraction, >= 0
 * @param continuousAnnual the same without jumps, fraction, >= 0, at most {@code annual}; null where no two returns are
 *     neighbours
 * @param jumpShare share of the variance that is jumps, 0 to 1; null where no two returns are neighbours
 * @param spanMs event time that the returns cover, milliseconds
 * @param returns how many there are
 */
public record RealisedVolatility(
        double annual,
        @Nullable Double continuousAnnual,
        @Nullable Double jumpShare,
        long spanMs,
        int returns) {

    /** A year of a market that never closes, milliseconds. */
    public static final double YEAR_MS = Duration.ofDays(365).toMillis();

    /** A day, milliseconds. */
    public static final double DAY_MS = Duration.ofDays(1).toMillis();

    /** Fewest returns from which it is told: the standard error is then about a quarter of it. */
    public static final int FEWEST_RETURNS = 10;

    /** Volatility of returns; null where there are fewer than {@link #FEWEST_RETURNS}. */
    public static @Nullable RealisedVolatility of(ReturnSeries series) {
        int count = series.size();
        if (count < FEWEST_RETURNS) {
            return null;
        }
        double squares = 0;
        double products = 0;
        int pairs = 0;
        for (int i = 0; i < count; i++) {
            double move = series.value(i);
            squares += move * move;
            if (series.isNextTo(i)) {
                products += Math.abs(move * series.value(i - 1));
                pairs++;
            }
        }
        double stepsPerYear = YEAR_MS / series.stepMs();
        double perStep = squares * series.stepMs() / series.spanMs();
        double annual = Math.sqrt(perStep * stepsPerYear);
        if (pairs == 0) {
            return new RealisedVolatility(annual, null, null, series.spanMs(), count);
        }
        double continuous = Math.min(perStep, Math.PI / 2 * products / pairs);
        return new RealisedVolatility(
                annual,
                Math.sqrt(continuous * stepsPerYear),
                perStep == 0 ? 0 : 1 - continuous / perStep,
                series.spanMs(),
                count);
    }

    /** Standard deviation of ln(price) a day, fraction. */
    public double daily() {
        return annual * Math.sqrt(DAY_MS / YEAR_MS);
    }
}
