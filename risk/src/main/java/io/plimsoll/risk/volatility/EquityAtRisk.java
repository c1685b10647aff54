package io.plimsoll.risk.volatility;

import io.plimsoll.risk.NormalDistribution;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What equity may lose within a day on one day in twenty, and on average on such days. Equity is linear in the price, so
 * that one number, what a doubling of the price would add, says how a move changes it: nobody trades, nobody is liquidated.
 *
 * @param parametric from a normal return with a given deviation
 * @param historical from the daily returns that were seen; null where they are too few
 */
public record EquityAtRisk(Loss parametric, @Nullable Loss historical) {

    private static final double WORST = 0.05;

    /** Of an equity that a doubling of the price doubles, and a return of deviation 1. */
    private static final Loss NORMAL = new Loss(
            NormalDistribution.QUANTILE_95, NormalDistribution.density(NormalDistribution.QUANTILE_95) / WORST);

    /**
     * A loss, positive where money is lost.
     *
     * @param valueAtRisk exceeded on one day in twenty, USD
     * @param shortfall mean of the worst twentieth, USD, at least the value at risk
     */
    public record Loss(double valueAtRisk, double shortfall) {

        private Loss times(double exposure) {
            return new Loss(exposure * valueAtRisk, exposure * shortfall);
        }
    }

    /**
     * Losses by the daily returns that were seen, per US dollar of exposure.
     *
     * @param ofLongs of who gains by a rise
     * @param ofShorts of who gains by a fall
     */
    public record History(Loss ofLongs, Loss ofShorts) {

        /** Fewest returns: of fewer than 100, less than five are the worst twentieth. */
        public static final int FEWEST_RETURNS = 100;

        /**
         * Reads returns; null where there are fewer than {@link #FEWEST_RETURNS}.
         *
         * @param dailyReturns changes of ln(price) over a day, in any order, which may overlap; not changed
         */
        public static @Nullable History of(double[] dailyReturns) {
            if (dailyReturns.length < FEWEST_RETURNS) {
                return null;
            }
            double[] gains = new double[dailyReturns.length];
            double[] losses = new double[dailyReturns.length];
            for (int i = 0; i < gains.length; i++) {
                gains[i] = StrictMath.expm1(dailyReturns[i]);
                losses[i] = -gains[i];
            }
            return new History(worst(gains), worst(losses));
        }

        private static Loss worst(double[] gains) {
            Arrays.sort(gains);
            int worst = (int) Math.ceil(WORST * gains.length);
            double sum = 0;
            for (int i = 0; i < worst; i++) {
                sum += gains[i];
            }
            return new Loss(0.0 - gains[worst - 1], 0.0 - sum / worst);
        }
    }

    /**
     * Measures.
     *
     * @param exposureUsd what a doubling of the price would add, USD; negative: a rise loses
     * @param dailyDeviation standard deviation of a day's return, fraction, >= 0
     * @param history null where too little is known
     */
    public static EquityAtRisk of(double exposureUsd, double dailyDeviation, @Nullable History history) {
        double size = Math.abs(exposureUsd);
        Loss parametric = NORMAL.times(size * dailyDeviation);
        if (history == null) {
            return new EquityAtRisk(parametric, null);
        }
        return new EquityAtRisk(parametric, (exposureUsd < 0 ? history.ofShorts() : history.ofLongs()).times(size));
    }
}
