package io.plimsoll.risk.cascade;

/**
 * Square-root law {@code I = Y sigma_d sqrt(Q / V_d)}, linear below a crossover volume, where the root would rise without
 * limit and let the first trigger look like a tip.
 *
 * <p>Measured on orders worked over hours (Donier and Bonart 2015; crossover: Bucci et al. 2018). In a crash it
 * understates: the stress is in {@link #withDepth}.
 *
 * @param coefficient Y, of order one, > 0
 * @param dailyVolatility sigma_d, standard deviation of the daily change of ln(price), > 0
 * @param dailyVolume V_d, in the unit of the ladder, > 0
 * @param crossoverVolume volume up to which the impact is linear, >= 0; 0 for the root alone
 */
public record SquareRootImpact(double coefficient, double dailyVolatility, double dailyVolume, double crossoverVolume)
        implements Impact {

    public SquareRootImpact {
        Checks.above0("coefficient", coefficient);
        Checks.above0("dailyVolatility", dailyVolatility);
        Checks.above0("dailyVolume", dailyVolume);
        Checks.atLeast0("crossoverVolume", crossoverVolume);
    }

    @Override
    public double move(double volume) {
        return volume < crossoverVolume ? root(crossoverVolume) * (volume / crossoverVolume) : root(volume);
    }

    /** Halves at the crossover; infinite at no volume where there is no crossover. */
    @Override
    public double slope(double volume) {
        return volume < crossoverVolume ? root(crossoverVolume) / crossoverVolume : root(volume) / volume / 2;
    }

    private double root(double volume) {
        return coefficient * dailyVolatility * Math.sqrt(volume / dailyVolume);
    }

    @Override
    public SquareRootImpact withDepth(double share) {
        Checks.share(share);
        return new SquareRootImpact(coefficient, dailyVolatility, dailyVolume * share, crossoverVolume * share);
    }
}
