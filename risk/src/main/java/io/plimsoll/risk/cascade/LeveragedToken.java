package io.plimsoll.risk.cascade;

/**
 * A fund that keeps its leverage: it buys after rises and sells after falls, whether it is long or short. One more item
 * of forced flow, without a trigger. (Any holder with a target leverage does the same; the fire sales of Greenwood,
 * Landier and Thesmar are this formula. So does constant-proportion portfolio insurance, whose leverage is its multiplier
 * and whose assets are what it has above its floor.)
 *
 * <p>Leverage is signed: 3 for a token that is three times long, -3 for three times short. Moves are fractions of the
 * price since the last rebalance: -0.05 is a fall of 5 %.
 */
public final class LeveragedToken {

    private LeveragedToken() {}

    /**
     * What it has to trade to be at its leverage again: {@code L (L - 1) r A}.
     *
     * @param assets net assets A before the move
     * @return in the unit of the assets; positive buys, negative sells
     */
    public static double rebalanceFlow(double leverage, double assets, double move) {
        return leverage * (leverage - 1) * move * assets;
    }

    /**
     * Net assets after a time as a multiple of those before, where it rebalances all the time:
     * {@code growth^L exp((L - L^2) / 2 x variance)}. Before fees and financing. The second factor is its decay.
     *
     * <p>Source: Avellaneda and Zhang, Path-dependence of leveraged ETF returns (2010).
     *
     * @param growth price after over price before, > 0
     * @param variance of the log return over that time: volatility per year squared x years, >= 0
     */
    public static double growthOverTime(double leverage, double growth, double variance) {
        return StrictMath.pow(growth, leverage) * StrictMath.exp(leverage * (1 - leverage) / 2 * variance);
    }

    /** Net assets after the move as a multiple of those before: {@code 1 + L r}; 0 or less: nothing is left. */
    public static double growth(double leverage, double move) {
        return 1 + leverage * move;
    }

    /**
     * Leverage after the move, before it has rebalanced: {@code L (1 + r) / (1 + L r)}.
     *
     * @return NaN where nothing of the assets is left
     */
    public static double leverageAfter(double leverage, double move) {
        double growth = growth(leverage, move);
        return growth > 0 ? leverage * (1 + move) / growth : Double.NaN;
    }

    /**
     * The move at which its leverage has become another: {@code (M - L) / (L (1 - M))}, the inverse of
     * {@link #leverageAfter}. Tokens that rebalance early name such a leverage.
     *
     * @param reached M, of the same sign as L, not 1
     */
    public static double moveTo(double leverage, double reached) {
        if (!(leverage * reached > 0) || reached == 1) {
            throw new IllegalArgumentException(
                    "leverage " + leverage + " never becomes " + reached + ", allowed is the same sign, and not 1");
        }
        return (reached - leverage) / (leverage * (1 - reached));
    }
}
