package io.plimsoll.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance margin by tier of notional: {@code rate x notional - deduction}. Convex and continuous where deductions
 * are derived.
 *
 * <p>Source: Hyperliquid's margin tiers; the same shape as Binance's brackets and Bybit's risk limits.
 */
public final class MarginTable {

    private final double[] floorUsd;
    private final double[] rate;
    private final double[] deductionUsd;
    private final @Nullable Double maxLeverage;

    private MarginTable(double[] floorUsd, double[] rate, double[] deductionUsd, @Nullable Double maxLeverage) {
        this.floorUsd = floorUsd;
        this.rate = rate;
        this.deductionUsd = deductionUsd;
        this.maxLeverage = maxLeverage;
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
            floors[i] = tier.floorUsd();
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
            Double stated = tier.deductionUsd();
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
        return new MarginTable(floors, rates, deductions, tiers.get(0).maxLeverage());
    }

    /** A table of one tier: maintenance is half of the initial margin at the given maximum leverage. */
    public static MarginTable ofMaxLeverage(double maxLeverage) {
        if (!(maxLeverage >= 1) || maxLeverage == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("maxLeverage is " + maxLeverage + ", allowed is 1 or more");
        }
        return new MarginTable(new double[] {0}, new double[] {1 / (2 * maxLeverage)}, new double[] {0}, maxLeverage);
    }

    /**
     * The table of a position: this one, unless the position carries a maximum leverage of its own that is not this
     * table's (venues let old positions keep theirs).
     */
    public MarginTable forPosition(@Nullable Double ownMaxLeverage) {
        return ownMaxLeverage == null || ownMaxLeverage.equals(maxLeverage) ? this : ofMaxLeverage(ownMaxLeverage);
    }

    /** Maintenance margin of a notional, USD; both >= 0. */
    public double maintenanceUsd(double notionalUsd) {
        int tier = floorUsd.length - 1;
        while (tier > 0 && notionalUsd < floorUsd[tier]) {
            tier--;
        }
        return rate[tier] * notionalUsd - deductionUsd[tier];
    }

    int tiers() {
        return rate.length;
    }

    double rate(int tier) {
        return rate[tier];
    }

    double deductionUsd(int tier) {
        return deductionUsd[tier];
    }

    double ceilingUsd(int tier) {
        return tier + 1 < floorUsd.length ? floorUsd[tier + 1] : Double.POSITIVE_INFINITY;
    }
}
