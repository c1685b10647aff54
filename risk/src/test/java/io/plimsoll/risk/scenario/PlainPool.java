package io.plimsoll.risk.scenario;

import java.util.ArrayList;
import java.util.List;

/** An account as plain numbers, with formulas of its own: the other side of the comparison. */
final class PlainPool {

    final String key;
    final double[][] tiers;
    boolean loan;
    double cash;
    double margin;
    final List<double[]> positions = new ArrayList<>();
    final List<Long> lots = new ArrayList<>();
    final List<double[]> coins = new ArrayList<>();

    PlainPool(String key, double[][] tiers) {
        this.key = key;
        this.tiers = tiers;
    }

    void position(int market, long signedLots, double entry) {
        positions.add(new double[] {market, signedLots / 1e4, entry});
        lots.add(signedLots);
    }

    void coin(int market, double quantity, double factor, double worth) {
        coins.add(new double[] {market, quantity, factor, worth});
    }

    double equity(double[] low, double[] high) {
        double sum = cash;
        for (double[] position : positions) {
            sum += position[1] * (hurting(position, low, high) - position[2]);
        }
        for (double[] coin : coins) {
            sum += coin[1] * coin[3] * low[(int) coin[0]];
        }
        return sum;
    }

    boolean falls(double[] low, double[] high) {
        if (loan) {
            double threshold = 0;
            for (double[] coin : coins) {
                threshold += coin[1] * coin[3] * coin[2] * low[(int) coin[0]];
            }
            return threshold + cash < 0;
        }
        double surplus = equity(low, high) - cash + margin;
        for (double[] coin : coins) {
            surplus -= coin[1] * coin[3] * low[(int) coin[0]] * (1 - coin[2]);
        }
        for (double[] position : positions) {
            surplus -= maintenance(Math.abs(position[1]) * hurting(position, low, high));
        }
        return !positions.isEmpty() && surplus < 0;
    }

    /** Each slice of the notional at its own rate. */
    private double maintenance(double notional) {
        double sum = 0;
        for (int i = 0; i < tiers.length; i++) {
            double ceiling = i + 1 < tiers.length ? tiers[i + 1][0] : Double.MAX_VALUE;
            sum += Math.max(0, Math.min(notional, ceiling) - tiers[i][0]) * tiers[i][1];
        }
        return sum;
    }

    private static double hurting(double[] position, double[] low, double[] high) {
        return position[1] > 0 ? low[(int) position[0]] : high[(int) position[0]];
    }

    void sell(long[] sold, long[] bought) {
        for (int i = 0; i < lots.size(); i++) {
            int market = (int) positions.get(i)[0];
            sold[market] += Math.max(0, lots.get(i));
            bought[market] += Math.max(0, -lots.get(i));
        }
        if (loan) {
            for (double[] coin : coins) {
                sold[(int) coin[0]] += Math.round(coin[1] * 1e4);
            }
        }
    }
}
