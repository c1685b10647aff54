package io.plimsoll.risk.cascade;

import org.jspecify.annotations.Nullable;

/**
 * Bad debt by landing price: what liquidated accounts owe beyond their collateral if all of them are closed where the
 * price comes to rest. That is the worst that can be of those whose bankruptcy price was passed, and none of the others.
 *
 * <pre>BD(x) = sum over bankruptcy prices b beyond x of q |v(b) - v(x)| = |B1 - v(x) B0|</pre>
 *
 * with v the worth of a unit ({@link Settlement}), {@code B0 = sum q} and {@code B1 = sum q v(b)} over them: a binary
 * search per price. Money is in the settle asset. Immutable.
 */
public final class BadDebtCurve {

    private final Direction direction;
    private final Settlement settlement;
    private final double[] levels;

    /** B0 and B1 of the first k rungs, at k. */
    private final double[] volume;

    private final double[] worth;

    private BadDebtCurve(Direction direction, Settlement settlement, double[] levels, double[] volume, double[] worth) {
        this.direction = direction;
        this.settlement = settlement;
        this.levels = levels;
        this.volume = volume;
        this.worth = worth;
    }

    /**
     * @param bankruptcies one side's volume by bankruptcy price
     * @param reading the same as of the cascade it is asked for
     * @param lotSize volume of one lot, > 0
     * @param spot present price in the ladder's coordinate
     */
    public static BadDebtCurve of(
            TriggerLadder bankruptcies, Reading reading, double lotSize, Settlement settlement, double spot) {
        Checks.above0("lotSize", lotSize);
        Direction direction = bankruptcies.direction();
        double[] levels = bankruptcies.levels(reading, spot);
        double[] volume = new double[levels.length + 1];
        double[] worth = new double[levels.length + 1];
        for (int k = 0; k < levels.length; k++) {
            double added = (bankruptcies.lotsOf(k + 1) - bankruptcies.lotsOf(k)) * lotSize;
            volume[k + 1] = bankruptcies.lotsOf(k + 1) * lotSize;
            worth[k + 1] = worth[k] + added * settlement.worth(direction.price(levels[k]));
        }
        return new BadDebtCurve(direction, settlement, levels, volume, worth);
    }

    /**
     * Bad debt if the price rests at a coordinate.
     *
     * @return >= 0; at {@link Double#NEGATIVE_INFINITY} (a book that is exhausted) the limit, which is infinite where the
     *     loss of a unit has none: rising linear and falling inverse prices
     */
    public double at(double coordinate) {
        int low = 0;
        int high = levels.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (levels[middle] > coordinate) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return volume[low] == 0 ? 0 : owed(low, settlement.worth(direction.price(coordinate)));
    }

    private double owed(int rungs, double unit) {
        // Rounding of the two sums must not make a claim of it.
        return Math.max(0, direction.sign() * (worth[rungs] - unit * volume[rungs]));
    }

    /** The fund after the cascade, in the settle asset: with fees, less bad debt; negative is what is missing. */
    public double fundAfter(Rest rest, double fund, Fees fees) {
        return fund + fees.collected(rest.rungs()) - at(rest.price());
    }

    /** The coordinate below which bad debt exceeds an amount >= 0; {@link Double#NEGATIVE_INFINITY} where it never does. */
    public double landingBeyond(double amount) {
        Checks.atLeast0("amount", amount);
        int low = 0;
        int high = levels.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(levels[middle]) <= amount) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // At the first rungs bad debt is within the amount; it is linear in the worth from there on.
        if (low == 0 || volume[low] == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double price = settlement.price((worth[low] - direction.sign() * amount) / volume[low]);
        return price > 0 && price < Double.POSITIVE_INFINITY
                ? Math.min(levels[low - 1], direction.coordinate(price))
                : Double.NEGATIVE_INFINITY;
    }

    /**
     * The smallest shock whose bad debt exceeds the fund with the fees of that cascade.
     *
     * @param curve of the same market, direction and reading
     * @param fund >= 0, in the settle asset
     * @param fees over the ladder of the curve
     * @return its size in the coordinate, >= 0 (any larger shock near it exceeds the fund; itself it may just equal it);
     *     null where no shock does
     */
    public @Nullable Double shockBeyond(CascadeCurve curve, double fund, Fees fees) {
        double reached = curve.spot();
        for (CascadeCurve.Piece piece : curve.pieces()) {
            double landing = landingBeyond(fund + fees.collected(piece.rungs()));
            if (landing > piece.from() - piece.move()) {
                return curve.spot() - Math.min(piece.to(), landing + piece.move());
            }
            reached = piece.from();
        }
        if (reached == Double.NEGATIVE_INFINITY) {
            return null;
        }
        return fundAfter(curve.rest(reached), fund, fees) < 0 ? (Double) (curve.spot() - reached) : null;
    }
}
