package io.plimsoll.risk;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance margin by tier of notional: {@code rate x notional - deduction + curvature x notional^2}. Convex, and
 * continuous where deductions are derived. Money is in quote units where the contract is linear, in units of the settle
 * asset where it is inverse.
 *
 * <p>Source: Hyperliquid's margin tiers; the same shape as Binance's brackets (cum) and Bybit's risk limits
 * (mmDeduction). Curvature is for rates that grow with the size of an inverse position (Deribit), else 0.
 */
public final class MarginTable {

    /** Deductions stated with two decimals are continuous but for rounding; jumps larger than this share are real. */
    private static final double ROUNDING = 1e-6;

    private final double[] floor;
    private final double[] rate;
    private final double[] deduction;
    private final double curvature;
    private final @Nullable Double maxLeverage;
    private final boolean continuous;

    private MarginTable(
            double[] floor, double[] rate, double[] deduction, double curvature, @Nullable Double maxLeverage) {
        this.floor = floor;
        this.rate = rate;
        this.deduction = deduction;
        this.curvature = curvature;
        this.maxLeverage = maxLeverage;
        this.continuous = isContinuous(floor, rate, deduction);
    }

    private static boolean isContinuous(double[] floor, double[] rate, double[] deduction) {
        for (int i = 1; i < floor.length; i++) {
            double derived = deduction[i - 1] + floor[i] * (rate[i] - rate[i - 1]);
            if (Math.abs(deduction[i] - derived) > ROUNDING * floor[i] * rate[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * A table of the venue's tiers; missing deductions are derived.
     *
     * @throws IllegalArgumentException where tiers do not start at 0, do not rise, or a rate is not between 0 and 1
     */
    public static MarginTable of(List<Tier> tiers) {
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("the margin table is empty, allowed is one tier or more");
        }
        int count = tiers.size();
        double[] floors = new double[count];
        double[] rates = new double[count];
        double[] deductions = new double[count];
        for (int i = 0; i < count; i++) {
            Tier tier = tiers.get(i);
            floors[i] = tier.floor();
            rates[i] = tier.maintenanceRate();
            boolean inOrder = i == 0 ? floors[0] == 0 : floors[i] > floors[i - 1] && Double.isFinite(floors[i]);
            if (!inOrder) {
                throw new IllegalArgumentException("floor of margin tier " + i + " is " + floors[i]
                        + ", allowed is 0 for the first and more than the one before for the others");
            }
            if (!(rates[i] > 0 && rates[i] < 1)) {
                throw new IllegalArgumentException("maintenance rate of margin tier " + i + " is " + rates[i]
                        + ", allowed is more than 0 and less than 1");
            }
            Double stated = tier.deduction();
            if (stated != null) {
                if (!(stated >= 0) || stated.isInfinite()) {
                    throw new IllegalArgumentException(
                            "deduction of margin tier " + i + " is " + stated + ", allowed is 0 or more");
                }
                deductions[i] = stated;
            } else if (i > 0) {
                deductions[i] = deductions[i - 1] + floors[i] * (rates[i] - rates[i - 1]);
            }
        }
        return new MarginTable(floors, rates, deductions, 0, tiers.get(0).maxLeverage());
    }

    /** A table of one tier: maintenance is half of the initial margin at the given maximum leverage. */
    public static MarginTable ofMaxLeverage(double maxLeverage) {
        if (!(maxLeverage >= 1) || maxLeverage == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("maxLeverage is " + maxLeverage + ", allowed is 1 or more");
        }
        return oneTier(1 / (2 * maxLeverage), 0, 0, maxLeverage);
    }

    private static MarginTable oneTier(double rate, double deduction, double curvature, @Nullable Double maxLeverage) {
        return new MarginTable(new double[] {0}, new double[] {rate}, new double[] {deduction}, curvature, maxLeverage);
    }

    /**
     * The table of a position: this one, unless the position carries a maximum leverage of its own that is not this
     * table's (venues let old positions keep theirs).
     */
    public MarginTable forPosition(@Nullable Double ownMaxLeverage) {
        return ownMaxLeverage == null || ownMaxLeverage.equals(maxLeverage) ? this : ofMaxLeverage(ownMaxLeverage);
    }

    /** The same with a rate on top in every tier: a fee that the venue counts to the threshold (OKX), or a size's own. */
    public MarginTable plusRate(double extraRate) {
        return extraRate == 0
                ? this
                : new MarginTable(
                        floor,
                        Arrays.stream(rate).map(r -> r + extraRate).toArray(),
                        deduction,
                        curvature,
                        maxLeverage);
    }

    /**
     * The same with a rate that grows with notional: {@code (rate + extraPerUnit x notional) x notional}.
     *
     * @throws IllegalArgumentException where the table has more than one tier: no venue mixes the two
     */
    public MarginTable growingWithNotional(double extraPerUnit) {
        if (extraPerUnit == 0) {
            return this;
        }
        if (rate.length > 1) {
            throw new IllegalArgumentException(
                    "the margin table has " + rate.length + " tiers, allowed is one where the rate grows with size");
        }
        return oneTier(rate[0], deduction[0], extraPerUnit, maxLeverage);
    }

    /** The same with all maintenance a given number of times as large; rates may then be 1 or more. */
    MarginTable times(double factor) {
        return factor == 1
                ? this
                : new MarginTable(
                        floor,
                        Arrays.stream(rate).map(r -> r * factor).toArray(),
                        Arrays.stream(deduction).map(d -> d * factor).toArray(),
                        curvature * factor,
                        maxLeverage);
    }

    /** Maintenance that stays what it is at one notional, whatever the price does (Bybit's older rule: at entry). */
    public MarginTable fixedAt(double notional) {
        return oneTier(0, -maintenance(notional), 0, maxLeverage);
    }

    /** Maintenance margin of a notional; both >= 0. */
    public double maintenance(double notional) {
        int tier = tier(notional);
        return rate[tier] * notional - deduction[tier] + curvature * notional * notional;
    }

    /** Number of the tier that a notional falls into, from 0. */
    public int tier(double notional) {
        int tier = floor.length - 1;
        while (tier > 0 && notional < floor[tier]) {
            tier--;
        }
        return tier;
    }

    /** How fast maintenance grows at most with notional, up to a notional; a fraction. */
    double steepestUpTo(double notional) {
        return rate[tier(notional)] + 2 * curvature * notional;
    }

    /** False where the stated deductions make maintenance jump at a floor. */
    boolean isContinuous() {
        return continuous;
    }

    /** How many tiers there are. */
    public int tiers() {
        return rate.length;
    }

    double rate(int tier) {
        return rate[tier];
    }

    /** What is taken off rate x notional in a tier. */
    public double deduction(int tier) {
        return deduction[tier];
    }

    double curvature() {
        return curvature;
    }

    double floor(int tier) {
        return floor[tier];
    }

    double ceiling(int tier) {
        return tier + 1 < floor.length ? floor[tier + 1] : Double.POSITIVE_INFINITY;
    }
}
