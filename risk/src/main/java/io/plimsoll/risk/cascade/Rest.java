package io.plimsoll.risk.cascade;

/**
 * Where the price rests after a shock, and what was liquidated on the way. Prices are in the curve's coordinate, which
 * falls.
 *
 * @param spot price before
 * @param exogenous price to which something from outside brings it, <= spot
 * @param price where it rests, <= exogenous; the floor where nothing stops it
 * @param lots forced volume
 * @param accounts whose it is, count (rungs of accounts, where an account has several)
 * @param rungs of the ladder that were reached
 * @param exhausted whether the book does not hold the volume; the price is then the floor, and means nothing
 * @param unfilled volume that the book does not hold, >= 0, in the unit of the impact
 */
public record Rest(
        double spot,
        double exogenous,
        double price,
        long lots,
        int accounts,
        int rungs,
        boolean exhausted,
        double unfilled) {

    /** How far the shock goes, >= 0. */
    public double shock() {
        return spot - exogenous;
    }

    /** How much farther the cascade goes, >= 0; infinite where nothing stops it. */
    public double endogenous() {
        return exogenous - price;
    }

    /**
     * The whole move over the shock, >= 1; 1 where nothing moves. Grows without limit for small shocks if anything is
     * triggered by them: say {@link #endogenous} beside it.
     */
    public double amplification() {
        double endogenous = endogenous();
        return endogenous == 0 ? 1 : 1 + endogenous / shock();
    }
}
