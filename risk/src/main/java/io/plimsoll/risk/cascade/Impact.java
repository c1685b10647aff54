package io.plimsoll.risk.cascade;

/**
 * How far forced volume moves the price of a market.
 *
 * <p>Volume is in the unit of ladder and book (base units; contracts of an inverse instrument), >= 0. Moves are drops of
 * ln(price) for selling, rises for buying; >= 0. All of it is added up: the book does not refill while the cascade goes
 * on.
 */
public interface Impact {

    /**
     * The move that a volume causes in all.
     *
     * @return 0 for no volume, never less for more volume; infinite where the book does not hold so much
     */
    double move(double volume);

    /** The derivative of the move, per unit of volume, just beyond the volume; infinite where the book ends. */
    double slope(double volume);

    /** The largest volume with a finite move; infinite where there is none. */
    default double capacity() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * The impact when only a part of the depth remains: what moved the price by V now does so by V times the share.
     *
     * @param share of the depth that remains, > 0 and <= 1
     */
    Impact withDepth(double share);
}
