package io.plimsoll.risk.cascade;

/**
 * Each unit moves the price by the same (Kyle 1985; the constant depth of Greenwood, Landier and Thesmar 2015).
 *
 * @param perUnit move in ln(price) per unit of volume, >= 0
 */
public record LinearImpact(double perUnit) implements Impact {

    public LinearImpact {
        Checks.atLeast0("perUnit", perUnit);
    }

    /** The line through one known point: so much volume within so great a move. */
    public static LinearImpact through(double volume, double move) {
        Checks.above0("volume", volume);
        return new LinearImpact(move / volume);
    }

    @Override
    public double move(double volume) {
        return perUnit * volume;
    }

    @Override
    public double slope(double volume) {
        return perUnit;
    }

    @Override
    public LinearImpact withDepth(double share) {
        Checks.share(share);
        return new LinearImpact(perUnit / share);
    }
}
