package io.plimsoll.risk.volatility;

import io.plimsoll.risk.NormalDistribution;

/**
 * Chance that a price reaches a line within a time, if ln(price) is a Brownian motion: the textbook's first passage
 * (domain formula of the margin-call probability). Real prices jump and cluster: chances of far lines come out too small,
 * and a market in a cascade is no Brownian motion at all.
 */
public final class FirstPassage {

    private FirstPassage() {}

    /**
     * The chance without drift of ln(price): 2 Phi(-|ln(line / price)| / (sigma sqrt(T))), 0 to 1.
     *
     * @param distance |ln(line / price)|, >= 0
     * @param deviation sigma sqrt(T): standard deviation of ln(price) over the time, >= 0
     */
    public static double probability(double distance, double deviation) {
        if (distance <= 0) {
            return 1;
        }
        return deviation == 0 ? 0 : 2 * NormalDistribution.cumulative(-distance / deviation);
    }

    /**
     * The chance with a drift that leads a price to, or away from, the line, 0 to 1.
     *
     * @param distance |ln(line / price)|, >= 0
     * @param deviation standard deviation of ln(price) over the time, > 0
     * @param drift of ln(price) over the time, positive: away from the line
     */
    public static double probability(double distance, double deviation, double drift) {
        if (distance <= 0) {
            return 1;
        }
        double direct = NormalDistribution.cumulative((-distance - drift) / deviation);
        double reflected = NormalDistribution.cumulative((-distance + drift) / deviation);
        return direct + StrictMath.exp(-2 * drift * distance / (deviation * deviation)) * reflected;
    }
}
