package io.plimsoll.connectors.sim;

import io.plimsoll.schemas.avro.Collateral;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A trader at the simulated venue, with habits of its own. */
final class SimAccount {

    static final double MICROS = 1e6;

    private static final double UNPUBLISHED_SHARE = 0.2;
    private static final double PARETO_SHAPE = 1.15;
    private static final double SMALLEST_USD = 1_500;
    private static final double LARGEST_USD = 40e6;

    final int index;
    final String name;
    /** False for those whom no feed shows: they keep the observed share of open interest below one. */
    final boolean published;

    final double leverageHabit;
    final double isolatedHabit;
    /** Positive: buys what has risen; negative: buys what has fallen. */
    final double momentumHabit;

    final int mostPositions;
    final long usualDepositMicros;
    final Map<Integer, SimPosition> positions = new LinkedHashMap<>();
    /** Markets whose position changed since it was last published. */
    final TreeSet<Integer> changedMarkets = new TreeSet<>();

    /** Markets whose position the topics hold. */
    final Set<Integer> shownMarkets = new HashSet<>();

    long cashMicros;
    boolean cashChanged;
    boolean cashShown;

    SimAccount(int index, RandomGenerator random) {
        this.index = index;
        this.name = String.format("trader-%05d", index);
        this.published = random.nextDouble() >= UNPUBLISHED_SHARE;
        this.leverageHabit = Math.max(1, Math.min(40, 5 * StrictMath.exp(0.7 * random.nextGaussian())));
        double isolatedDraw = random.nextDouble();
        this.isolatedHabit = isolatedDraw < 0.55 ? 0 : isolatedDraw < 0.8 ? 1 : 0.5;
        this.momentumHabit = random.nextGaussian();
        this.mostPositions = 1 + (int) (-2 * StrictMath.log(1 - random.nextDouble()));
        double usd = SMALLEST_USD * StrictMath.pow(1 - random.nextDouble(), -1 / PARETO_SHAPE);
        this.usualDepositMicros = Math.round(Math.min(LARGEST_USD, usd) * 100) * 10_000;
    }

    @Nullable
    SimPosition position(SimMarket market) {
        return positions.get(market.index);
    }

    void addCash(long micros) {
        if (micros != 0) {
            cashMicros += micros;
            cashChanged = true;
        }
    }

    /** Cash plus the unrealised profit of cross positions. */
    double crossEquityUsd() {
        long micros = cashMicros;
        for (SimPosition position : positions.values()) {
            if (!position.isolated) {
                micros += position.unrealisedMicros();
            }
        }
        return micros / MICROS;
    }

    double crossMaintenanceUsd() {
        double usd = 0;
        for (SimPosition position : positions.values()) {
            if (!position.isolated) {
                usd += position.maintenanceUsd();
            }
        }
        return usd;
    }

    /** What new positions may use as initial margin: never more than the cash that is there. */
    double freeMarginUsd() {
        double used = 0;
        for (SimPosition position : positions.values()) {
            if (!position.isolated) {
                used += position.notionalUsd() / position.leverage;
            }
        }
        return Math.max(0, Math.min(cashMicros / MICROS, crossEquityUsd()) - used);
    }

    Collateral toRecord() {
        return new Collateral(
                ListedInstrument.VENUE, name, ListedInstrument.SETTLE_ASSET, cashMicros / MICROS, 1.0, 1.0, null, null);
    }
}
