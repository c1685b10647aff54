package io.plimsoll.risk.cascade;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.scenario.Saturating;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Holders who go back to a leverage after each move: leveraged tokens, target-leverage strategies, and constant-proportion
 * insurance, whose leverage is its multiplier and whose assets are what it has above its floor. With leverage L and net
 * assets A each trades {@code L (L - 1) r A} after a move r ({@link LeveragedToken}): the way of the move, long or short.
 *
 * <p>What is kept is the assets by leverage, in whole micro-dollars: it adds up exactly, and a move costs as much as there
 * are different leverages. One coefficient {@code sum of L (L - 1) A} would cost less, and would go on selling for holders
 * who have nothing left: from the move -1 / L on, each has closed what he had. Immutable.
 *
 * <p>Taken to trade once, when the price has come to rest. Whoever trades all the way trades less; in small moves as much.
 */
public final class Rebalancing {

    /** Nobody. */
    public static final Rebalancing NONE = new Rebalancing(new TreeMap<>());

    /** How far from the present price, in ln(price), it is put on the ladder: to a half, or to the double. */
    public static final double REACH = 0.7;

    private final NavigableMap<Double, Long> microUsdByLeverage;

    private Rebalancing(NavigableMap<Double, Long> microUsdByLeverage) {
        this.microUsdByLeverage = Collections.unmodifiableNavigableMap(microUsdByLeverage);
    }

    /**
     * One holder.
     *
     * @param leverage above 1, or below 0 where it is short: 3, -3
     * @param assetsMicroUsd net assets, >= 0
     */
    public static Rebalancing of(double leverage, long assetsMicroUsd) {
        if (!isLeverage(leverage)) {
            throw new IllegalArgumentException("leverage is " + leverage + ", allowed is more than 1 or less than 0");
        }
        if (assetsMicroUsd < 0) {
            throw new IllegalArgumentException("assets are " + assetsMicroUsd + " micro-USD, allowed is 0 or more");
        }
        if (assetsMicroUsd == 0) {
            return NONE;
        }
        NavigableMap<Double, Long> one = new TreeMap<>();
        one.put(leverage, assetsMicroUsd);
        return new Rebalancing(one);
    }

    /** Whether holders of a leverage trade the way of the move: others do nothing, or trade against it. */
    public static boolean isLeverage(double leverage) {
        return (leverage > 1 || leverage < 0) && Double.isFinite(leverage);
    }

    /** Both together; adding stops at 9.2e12 USD. */
    public Rebalancing plus(Rebalancing other) {
        NavigableMap<Double, Long> all = new TreeMap<>(microUsdByLeverage);
        other.microUsdByLeverage.forEach((leverage, microUsd) -> all.merge(leverage, microUsd, Saturating::add));
        return new Rebalancing(all);
    }

    /** Whether nobody has anything. */
    public boolean isNothing() {
        return microUsdByLeverage.isEmpty();
    }

    /** Net assets, US dollars, >= 0. */
    public double assetsUsd() {
        long sum = 0;
        for (long microUsd : microUsdByLeverage.values()) {
            sum = Saturating.add(sum, microUsd);
        }
        return MicroUsd.toUsd(sum);
    }

    /** What they hold, long and short added: sum of |L| A, US dollars, >= 0. */
    public double exposureUsd() {
        double sum = 0;
        for (Map.Entry<Double, Long> entry : microUsdByLeverage.entrySet()) {
            sum += Math.abs(entry.getKey()) * MicroUsd.toUsd(entry.getValue());
        }
        return sum;
    }

    /** What they trade per unit of a small move, sum of L (L - 1) A, US dollars, >= 0; a hundredth of it per 1 %. */
    public double usdPerMove() {
        double sum = 0;
        for (Map.Entry<Double, Long> entry : microUsdByLeverage.entrySet()) {
            sum += LeveragedToken.rebalanceFlow(entry.getKey(), MicroUsd.toUsd(entry.getValue()), 1);
        }
        return sum;
    }

    /**
     * What they trade after a move.
     *
     * @param move fraction of the price, above -1
     * @return US dollars at the price after the move, of those with nothing left at the price that took it; positive buys
     */
    public double flowUsd(double move) {
        double sum = 0;
        for (Map.Entry<Double, Long> entry : microUsdByLeverage.entrySet()) {
            double leverage = entry.getKey();
            sum += LeveragedToken.rebalanceFlow(
                    leverage, MicroUsd.toUsd(entry.getValue()), whileAnythingIsLeft(leverage, move));
        }
        return sum;
    }

    /** A move, or that at which nothing of the assets is left where that is less. */
    private static double whileAnythingIsLeft(double leverage, double move) {
        double last = -1 / leverage;
        return last < 0 ? Math.max(last, move) : Math.min(last, move);
    }

    /**
     * The volume that they trade by the time that the price has come to a place.
     *
     * @param distance how far that is from the present price in the direction's coordinate, >= 0
     * @return in the unit of positions, >= 0, never less for a longer way
     */
    double volume(Direction direction, CascadeMarket market, double distance) {
        double move = -direction.sign() * direction.fraction(distance);
        double perUsd = 1 / market.quoteUsd();
        double sum = 0;
        for (Map.Entry<Double, Long> entry : microUsdByLeverage.entrySet()) {
            double leverage = entry.getKey();
            double its = whileAnythingIsLeft(leverage, move);
            double usd = Math.abs(LeveragedToken.rebalanceFlow(leverage, MicroUsd.toUsd(entry.getValue()), its));
            sum += market.settlement() == Settlement.INVERSE
                    ? usd * perUsd
                    : usd * perUsd / (market.markPrice() * (1 + its));
        }
        return sum;
    }

    /**
     * What is traded in each bucket of a ladder on the way, lots.
     *
     * @param grid whose cells the buckets are
     */
    Map<Integer, Long> lotsByBucket(Direction direction, CascadeMarket market, PriceGrid grid) {
        Map<Integer, Long> lotsByBucket = new HashMap<>();
        double spot = direction.coordinate(market.markPrice());
        int last = (int) Math.floor((spot - REACH) / grid.width());
        long before = 0;
        for (int cell = (int) Math.floor(spot / grid.width()); cell > last; cell--) {
            double volume = volume(direction, market, Math.max(0, spot - cell * grid.width()));
            long lots = Math.min(OpenPosition.MAX_LOTS, Math.round(volume / market.lotSize()));
            if (lots > before) {
                // The coordinate of a rise runs against the price: its cells are the buckets mirrored.
                lotsByBucket.put(direction == Direction.FALL ? cell : -cell - 1, lots - before);
                before = lots;
            }
        }
        return lotsByBucket;
    }

    @Override
    public String toString() {
        return "Rebalancing" + microUsdByLeverage;
    }
}
