package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.avro.DepthLevel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Adds an order book up by distance from mid, as far as it can be seen. */
public final class BookDepth {

    /**
     * One price of a book.
     *
     * @param price quote units per base unit
     * @param quantity base units
     */
    public record Level(BigDecimal price, BigDecimal quantity) {}

    /**
     * One side of a book, best price first.
     *
     * @param isWhole whether nothing lies beyond the last level; otherwise the side is known that far only
     */
    public record Side(List<Level> levels, boolean isWhole) {}

    private BookDepth() {}

    /** Middle of two prices. */
    public static BigDecimal mid(BigDecimal bid, BigDecimal ask) {
        return bid.add(ask).divide(BigDecimal.valueOf(2), MathContext.DECIMAL128);
    }

    /**
     * Cumulative quantities at each of the distances that both sides are known for, and at the furthest such distance.
     *
     * @param mid middle of best bid and best ask, > 0
     * @param distances fractions of mid, rising
     * @param exactPrices whether the levels' prices are those of orders; where they are rounded, average prices would be
     *     wrong and are left out
     * @return no level where neither side reaches away from mid
     */
    public static List<DepthLevel> of(
            Side bids, Side asks, BigDecimal mid, List<Double> distances, boolean exactPrices) {
        double middle = mid.doubleValue();
        double reach = Math.min(reach(bids, middle), reach(asks, middle));
        List<DepthLevel> levels = new ArrayList<>();
        double last = 0;
        for (double distance : distances) {
            if (distance <= reach) {
                levels.add(level(bids, asks, middle, distance, exactPrices));
                last = distance;
            }
        }
        if (reach > last && reach < 1) {
            levels.add(level(bids, asks, middle, reach, exactPrices));
        }
        return levels;
    }

    private static DepthLevel level(Side bids, Side asks, double mid, double distance, boolean exactPrices) {
        Sum bid = within(bids, mid, distance);
        Sum ask = within(asks, mid, distance);
        return new DepthLevel(
                distance,
                bid.quantity.doubleValue(),
                ask.quantity.doubleValue(),
                exactPrices ? bid.averagePrice() : null,
                exactPrices ? ask.averagePrice() : null);
    }

    private static double reach(Side side, double mid) {
        if (side.isWhole()) {
            return Double.POSITIVE_INFINITY;
        }
        return side.levels().isEmpty()
                ? 0
                : distance(side.levels().get(side.levels().size() - 1), mid);
    }

    private static double distance(Level level, double mid) {
        return Math.abs(level.price().doubleValue() - mid) / mid;
    }

    private static Sum within(Side side, double mid, double distance) {
        Sum sum = new Sum();
        for (Level level : side.levels()) {
            if (distance(level, mid) <= distance) {
                sum.quantity = sum.quantity.add(level.quantity());
                sum.value = sum.value.add(level.quantity().multiply(level.price()));
            }
        }
        return sum;
    }

    private static final class Sum {

        private BigDecimal quantity = BigDecimal.ZERO;
        private BigDecimal value = BigDecimal.ZERO;

        @org.jspecify.annotations.Nullable
        Double averagePrice() {
            return quantity.signum() == 0
                    ? null
                    : value.divide(quantity, MathContext.DECIMAL128).doubleValue();
        }
    }
}
