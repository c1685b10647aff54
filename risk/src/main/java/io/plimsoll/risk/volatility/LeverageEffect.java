package io.plimsoll.risk.volatility;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether falls are followed by larger swings than rises are: the return of a step against the size of the next one.
 *
 * <p>The correlation is of ranks (Spearman), which single crashes do not rule; its interval is Fisher's with the standard
 * error of ranks, 1.03 / sqrt(n - 3) (Fieller, Hartley and Pearson, 1957). It takes pairs for independent, which returns of a
 * volatile market are not quite: the interval is rather too narrow.
 *
 * @param correlation -1 to 1; negative: falls are followed by larger swings, as in equities
 * @param low lower end of its 95 % interval, -1 to 1
 * @param high upper end of its 95 % interval, -1 to 1
 * @param moment mean of r(t) r(t+1)^2 over the squared mean of r^2, in 1 / returns: Bouchaud, Matacz and Potters (2001);
 *     follows single crashes
 * @param pairs neighbouring returns, count
 */
public record LeverageEffect(double correlation, double low, double high, double moment, int pairs) {

    /** Fewest pairs from which it is told. */
    public static final int FEWEST_PAIRS = 100;

    private static final double INTERVAL_95 = 1.959963984540054;
    private static final double RANK_ERROR = 1.03;

    /** The effect in returns; null where there are fewer than {@link #FEWEST_PAIRS}, or they do not differ. */
    public static @Nullable LeverageEffect of(ReturnSeries series) {
        int[] later = IntStream.range(0, series.size()).filter(series::isNextTo).toArray();
        if (later.length < FEWEST_PAIRS) {
            return null;
        }
        double[] moves =
                Arrays.stream(later).mapToDouble(i -> series.value(i - 1)).toArray();
        double[] swings =
                Arrays.stream(later).mapToDouble(i -> Math.abs(series.value(i))).toArray();
        double correlation = correlation(ranks(moves), ranks(swings));
        if (Double.isNaN(correlation)) {
            return null;
        }
        double middle = 0.5 * Math.log((1 + correlation) / (1 - correlation));
        double reach = INTERVAL_95 * RANK_ERROR / Math.sqrt(later.length - 3);
        return new LeverageEffect(
                correlation, Math.tanh(middle - reach), Math.tanh(middle + reach), moment(moves, swings), later.length);
    }

    private static double moment(double[] moves, double[] swings) {
        double cubes = 0;
        double squares = 0;
        for (int i = 0; i < moves.length; i++) {
            cubes += moves[i] * swings[i] * swings[i];
            squares += moves[i] * moves[i];
        }
        double variance = squares / moves.length;
        return cubes / moves.length / (variance * variance);
    }

    /** Place of each value among all, from 1; equal ones share the mean of their places. */
    private static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double[] ranks = new double[values.length];
        for (int first = 0; first < order.length; ) {
            int end = first + 1;
            while (end < order.length && values[order[end]] == values[order[first]]) {
                end++;
            }
            for (int i = first; i < end; i++) {
                ranks[order[i]] = (first + 1 + end) / 2.0;
            }
            first = end;
        }
        return ranks;
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).sum() / x.length;
        double meanY = Arrays.stream(y).sum() / y.length;
        double together = 0;
        double ofX = 0;
        double ofY = 0;
        for (int i = 0; i < x.length; i++) {
            together += (x[i] - meanX) * (y[i] - meanY);
            ofX += (x[i] - meanX) * (x[i] - meanX);
            ofY += (y[i] - meanY) * (y[i] - meanY);
        }
        return together / Math.sqrt(ofX * ofY);
    }
}
