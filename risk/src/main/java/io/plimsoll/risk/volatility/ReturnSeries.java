package io.plimsoll.risk.volatility;

import java.util.Arrays;

/**
 * Returns of a price that was seen on an even grid of event time. Where it was not seen at some points, the return from
 * the last one before to the first one after spans several steps: the move is in it, its path is not.
 */
public final class ReturnSeries {

    private final long stepMs;
    private final double[] returns;
    private final int[] steps;

    private ReturnSeries(long stepMs, double[] returns, int[] steps) {
        this.stepMs = stepMs;
        this.returns = returns;
        this.steps = steps;
    }

    /**
     * Returns between prices.
     *
     * @param prices one for each point of the grid, the oldest first, > 0; NaN where none was seen
     * @param stepMs from one point to the next, milliseconds, > 0
     */
    public static ReturnSeries of(double[] prices, long stepMs) {
        double[] returns = new double[prices.length];
        int[] steps = new int[prices.length];
        int count = 0;
        int last = -1;
        for (int i = 0; i < prices.length; i++) {
            if (Double.isNaN(prices[i])) {
                continue;
            }
            if (last >= 0) {
                returns[count] = StrictMath.log(prices[i] / prices[last]);
                steps[count++] = i - last;
            }
            last = i;
        }
        return new ReturnSeries(stepMs, Arrays.copyOf(returns, count), Arrays.copyOf(steps, count));
    }

    /** How many there are. */
    public int size() {
        return returns.length;
    }

    /** Change of ln(price). */
    public double value(int i) {
        return returns[i];
    }

    /** Whether a return and the one before it span one step each. */
    public boolean isNextTo(int i) {
        return i > 0 && steps[i] == 1 && steps[i - 1] == 1;
    }

    /** From one point of the grid to the next, milliseconds. */
    public long stepMs() {
        return stepMs;
    }

    /** Event time that they cover, milliseconds. */
    public long spanMs() {
        return stepMs * Arrays.stream(steps).asLongStream().sum();
    }
}
