package io.plimsoll.risk;

import java.util.Arrays;

/**
 * How unusual a value is among others: its distance from their median in robust standard deviations, 1.4826 x median
 * absolute deviation. A crash among them moves it less than it would a mean and a standard deviation.
 */
public final class RobustScore {

    /** Median absolute deviation of a normal distribution to its standard deviation. */
    public static final double NORMAL = 1.4826;

    private RobustScore() {}

    /**
     * The score, in standard deviations, positive above the median. NaN where the value is NaN, where fewer than so many
     * of the others are known, or where more than half of them are equal and the value is another.
     *
     * @param others values to compare with, in any order, NaN where not known; not changed
     * @param fewest how many must be known
     */
    public static double of(double value, double[] others, int fewest) {
        double[] known = known(others);
        if (Double.isNaN(value) || known.length < fewest) {
            return Double.NaN;
        }
        double median = medianOfSorted(known);
        if (value == median) {
            return 0;
        }
        for (int i = 0; i < known.length; i++) {
            known[i] = Math.abs(known[i] - median);
        }
        Arrays.sort(known);
        double deviation = medianOfSorted(known);
        return deviation == 0 ? Double.NaN : (value - median) / (NORMAL * deviation);
    }

    /** Median of what is known of the values; NaN where nothing is. */
    public static double median(double[] values) {
        double[] known = known(values);
        return known.length == 0 ? Double.NaN : medianOfSorted(known);
    }

    private static double[] known(double[] values) {
        double[] known =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        Arrays.sort(known);
        return known;
    }

    private static double medianOfSorted(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
