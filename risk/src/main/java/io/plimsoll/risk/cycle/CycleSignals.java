package io.plimsoll.risk.cycle;

import io.plimsoll.risk.RobustScore;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a market's phase is judged by, at one moment. Scores are robust standard deviations from the median of the last 30 days;
 * NaN where a number, or enough of its history, is not known.
 *
 * @param openInterestChange change of ln(open interest in base units) over a day
 * @param openInterestTrend score of that change among the changes over a day
 * @param openInterest score of the level
 * @param leverage score of aggregate leverage: open interest over the equity that backs it
 * @param basis score of mark over index
 * @param funding score of the funding rate
 * @param skew score of the leverage skew
 * @param depth score of the depth within 1 %
 * @param forced score of the forced volume of a day
 */
public record CycleSignals(
        double openInterestChange,
        double openInterestTrend,
        double openInterest,
        double leverage,
        double basis,
        double funding,
        double skew,
        double depth,
        double forced) {

    /** Fewest hours of history from which a score is told. */
    public static final int FEWEST_HOURS = 72;

    private static final int DAY = 24;

    /** The signals at the newest hour of a history. */
    public static CycleSignals of(CycleHistory history) {
        double[] openInterest = Arrays.stream(history.openInterest())
                .map(value -> value > 0 ? StrictMath.log(value) : Double.NaN)
                .toArray();
        double[] changes = changes(openInterest);
        return new CycleSignals(
                newest(changes),
                score(changes),
                score(openInterest),
                score(history.leverage()),
                score(history.basis()),
                score(history.funding()),
                score(history.skew()),
                score(history.depthUsd()),
                score(ofDays(history.forcedUsd())));
    }

    private static double score(double[] values) {
        return values.length == 0
                ? Double.NaN
                : RobustScore.of(newest(values), Arrays.copyOf(values, values.length - 1), FEWEST_HOURS);
    }

    private static double newest(double[] values) {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }

    /** Changes over a day, hour by hour. */
    private static double[] changes(double[] values) {
        return IntStream.range(DAY, values.length)
                .mapToDouble(i -> values[i] - values[i - DAY])
                .toArray();
    }

    /** ln(1 + sum of a day), hour by hour. */
    private static double[] ofDays(double[] values) {
        return IntStream.range(DAY - 1, values.length)
                .mapToDouble(i -> StrictMath.log1p(
                        Arrays.stream(values, i - DAY + 1, i + 1).sum()))
                .toArray();
    }
}
