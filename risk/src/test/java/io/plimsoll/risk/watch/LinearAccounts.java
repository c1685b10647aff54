package io.plimsoll.risk.watch;

import java.util.Arrays;
import java.util.Random;

/**
 * Cross-margin accounts as half-spaces {@code g(p) = K + sum c_i p_i}, in flat arrays.
 *
 * <p>Those with several instruments get the relative band {@code theta |g| / sum |c_i| p_i} around each price: while no
 * band is left, g moves by less than {@code theta |g|} and keeps its sign. Those with one get their exact line.
 */
final class LinearAccounts implements WatchedAccounts {

    /** The line is taken this much early, relative, so that rounding of g cannot hide a crossing. */
    private static final double ROUNDING = 1e-12;

    private static final int MOST_INSTRUMENTS = 6;

    private final double[] constants;
    private final int[] starts;
    private final int[] instruments;
    private final double[] coefficients;

    private LinearAccounts(double[] constants, int[] starts, int[] instruments, double[] coefficients) {
        this.constants = constants;
        this.starts = starts;
        this.instruments = instruments;
        this.coefficients = coefficients;
    }

    /** Half of them with one instrument, the others with 2 to 6, two thirds long; all solvent at the given prices. */
    static LinearAccounts random(int count, double[] prices, Random random) {
        double[] constants = new double[count];
        int[] starts = new int[count + 1];
        int[] instruments = new int[count * MOST_INSTRUMENTS];
        double[] coefficients = new double[count * MOST_INSTRUMENTS];
        int[] order = new int[prices.length];
        Arrays.setAll(order, i -> i);
        for (int account = 0; account < count; account++) {
            int held = random.nextBoolean() ? 1 : 2 + random.nextInt(MOST_INSTRUMENTS - 1);
            int next = starts[account];
            double gross = 0;
            double net = 0;
            for (int i = 0; i < held; i++) {
                int other = i + random.nextInt(order.length - i);
                int instrument = order[other];
                order[other] = order[i];
                order[i] = instrument;
                double value = 1_000 * Math.exp(2 * random.nextGaussian()) * (random.nextInt(3) < 2 ? 1 : -1);
                instruments[next] = instrument;
                coefficients[next++] = value / prices[instrument];
                gross += Math.abs(value);
                net += value;
            }
            starts[account + 1] = next;
            double distance = Math.max(0.01, 0.2 * Math.exp(0.8 * random.nextGaussian()));
            constants[account] = distance * gross - net;
        }
        return new LinearAccounts(constants, starts, instruments, coefficients);
    }

    @Override
    public int count() {
        return constants.length;
    }

    @Override
    public double marginUsd(int account, double[] prices) {
        double margin = constants[account];
        for (int i = starts[account]; i < starts[account + 1]; i++) {
            margin += coefficients[i] * prices[instruments[i]];
        }
        return margin;
    }

    @Override
    public void setBands(int account, double[] prices, double theta, PriceWatch watch, int slot) {
        int start = starts[account];
        double margin = marginUsd(account, prices);
        if (hasExactLine(account)) {
            double line = -constants[account] / coefficients[start];
            if (coefficients[start] > 0 == margin >= 0) {
                watch.band(slot, instruments[start], line * (1 + ROUNDING), Double.POSITIVE_INFINITY);
            } else {
                watch.band(slot, instruments[start], 0, line * (1 - ROUNDING));
            }
            return;
        }
        double gross = 0;
        for (int i = start; i < starts[account + 1]; i++) {
            gross += Math.abs(coefficients[i]) * prices[instruments[i]];
        }
        double width = theta * Math.abs(margin) / gross;
        for (int i = start; i < starts[account + 1]; i++) {
            double price = prices[instruments[i]];
            watch.band(slot, instruments[i], price * (1 - width), price * (1 + width));
        }
    }

    @Override
    public boolean hasExactLine(int account) {
        return starts[account + 1] - starts[account] == 1;
    }
}
