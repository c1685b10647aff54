package io.plimsoll.risk;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The line that long and short of one market share in hedge mode. Their profits and maintenance margins are added up as
 * functions of the one price that moves them all:
 * {@code (W - sum s q e + sum c) / (sum q m - sum s q)}, with each leg's tier at that price.
 *
 * <p>Source: Binance, how to calculate the liquidation price of USD-M futures contracts. A hedge may have a line on both
 * sides, as maintenance margin is of both legs: the nearest counts.
 */
final class HedgeLine {

    private final List<LinearExposure> legs;
    private final boolean inverse;

    private HedgeLine(List<LinearExposure> legs, boolean inverse) {
        this.legs = legs;
        this.inverse = inverse;
    }

    /** Legs of one market, all of them {@link #isLeg}. Inverse ones are linear in 1 / price. */
    static HedgeLine of(List<Exposure> legs) {
        boolean inverse = legs.get(0) instanceof InverseExposure;
        return new HedgeLine(legs.stream().map(HedgeLine::linear).toList(), inverse);
    }

    /** Whether its margin is linear in the price, or in 1 / price, between tiers. */
    static boolean isLeg(Exposure exposure) {
        return !(exposure instanceof OptionExposure) && linear(exposure).table().curvature() == 0;
    }

    private static LinearExposure linear(Exposure exposure) {
        return exposure instanceof InverseExposure turned ? turned.mirrored() : (LinearExposure) exposure;
    }

    /**
     * As {@link Exposure#liquidationPrice}, for all legs.
     *
     * @param rest the pool's cash and the surpluses of its other markets
     * @param price present price
     */
    double liquidationPrice(double rest, double price) {
        return inverse ? 1 / nearestLine(rest, 1 / price) : nearestLine(rest, price);
    }

    private double nearestLine(double rest, double price) {
        double nearest = LinearMargin.NONE;
        double[] floors = legs.stream()
                .flatMapToDouble(leg -> IntStream.range(0, leg.table().tiers())
                        .mapToDouble(tier -> leg.table().floor(tier) / leg.quantity()))
                .sorted()
                .distinct()
                .toArray();
        for (int i = 0; i < floors.length; i++) {
            double ceiling = i + 1 < floors.length ? floors[i + 1] : Double.POSITIVE_INFINITY;
            double line = lineWithTiersAt(i + 1 < floors.length ? (floors[i] + ceiling) / 2 : 2 * floors[i] + 1, rest);
            boolean inside = line > 0 && line >= floors[i] && line < ceiling;
            if (inside && !(apart(line, price) >= apart(nearest, price))) {
                nearest = line;
            }
        }
        if (Double.isNaN(nearest) && surplus(price) + rest < 0) {
            return net() > 0 ? LinearMargin.HIGHEST_PRICE : LinearMargin.LOWEST_PRICE;
        }
        return nearest;
    }

    private static double apart(double one, double other) {
        return Math.abs(StrictMath.log(one / other));
    }

    private double lineWithTiersAt(double price, double rest) {
        double numerator = rest;
        double denominator = 0;
        for (LinearExposure leg : legs) {
            double signed = leg.side().sign() * leg.quantity();
            int tier = leg.tier(price);
            numerator += leg.table().deduction(tier) - signed * leg.entryPrice();
            denominator += leg.quantity() * leg.table().rate(tier) - signed;
        }
        return numerator / denominator;
    }

    /** As {@link Exposure#bankruptcyPrice}, for all legs. */
    double bankruptcyPrice(double rest) {
        double net = net();
        double value = 0;
        for (LinearExposure leg : legs) {
            value += leg.side().sign() * leg.quantity() * leg.entryPrice();
        }
        if (net == 0) {
            return LinearMargin.NONE;
        }
        Side side = net > 0 ? Side.LONG : Side.SHORT;
        double price = LinearMargin.bankruptcyPrice(side, Math.abs(net), value / net, rest);
        return inverse ? 1 / price : price;
    }

    private double surplus(double price) {
        double sum = 0;
        for (LinearExposure leg : legs) {
            sum += leg.surplus(price);
        }
        return sum;
    }

    private double net() {
        double sum = 0;
        for (LinearExposure leg : legs) {
            sum += leg.side().sign() * leg.quantity();
        }
        return sum;
    }
}
