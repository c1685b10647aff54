package io.plimsoll.risk.scenario;

import io.plimsoll.risk.cascade.Impact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Closes accounts by its own formulas: one at a time in any order (the least fixed point), or all of a round at once. */
final class BruteForce {

    final Set<String> fallen = new TreeSet<>();
    private final RandomSystem system;
    final long[] sold;
    final long[] bought;
    double[] low;
    double[] high;

    private BruteForce(RandomSystem system) {
        this.system = system;
        this.sold = new long[system.markets.size()];
        this.bought = new long[system.markets.size()];
        this.low = new double[sold.length];
        this.high = new double[sold.length];
    }

    static BruteForce gross(RandomSystem system, Random random) {
        BruteForce force = new BruteForce(system);
        List<PlainPool> standing = new ArrayList<>(system.plain);
        boolean again = true;
        while (again) {
            again = false;
            Collections.shuffle(standing, random);
            for (PlainPool pool : List.copyOf(standing)) {
                force.priceGross();
                if (pool.falls(force.low, force.high)) {
                    force.close(pool);
                    standing.remove(pool);
                    again = true;
                }
            }
        }
        force.priceGross();
        return force;
    }

    static BruteForce net(RandomSystem system) {
        BruteForce force = new BruteForce(system);
        List<PlainPool> standing = new ArrayList<>(system.plain);
        while (true) {
            force.priceNet();
            List<PlainPool> falling = new ArrayList<>();
            for (PlainPool pool : standing) {
                if (pool.falls(force.low, force.high)) {
                    falling.add(pool);
                }
            }
            if (falling.isEmpty()) {
                return force;
            }
            falling.forEach(force::close);
            standing.removeAll(falling);
        }
    }

    private void close(PlainPool pool) {
        fallen.add(pool.key);
        pool.sell(sold, bought);
    }

    private void priceGross() {
        for (int i = 0; i < sold.length; i++) {
            low[i] = shocked(i) * StrictMath.exp(-Math.min(StrictMath.log(1000), move(i, sold[i], true)));
            high[i] = shocked(i) * StrictMath.exp(Math.min(StrictMath.log(10), move(i, bought[i], false)));
        }
    }

    private void priceNet() {
        for (int i = 0; i < sold.length; i++) {
            long net = sold[i] - bought[i];
            low[i] = net >= 0
                    ? shocked(i) * StrictMath.exp(-Math.min(StrictMath.log(1000), move(i, net, true)))
                    : shocked(i) * StrictMath.exp(Math.min(StrictMath.log(10), move(i, -net, false)));
        }
        high = low;
    }

    private double shocked(int market) {
        ScenarioMarket its = system.markets.get(market);
        return its.price() * (1 + system.scenario.shocks().getOrDefault(its.baseAsset(), 0.0));
    }

    private double move(int market, long lots, boolean down) {
        ScenarioMarket its = system.markets.get(market);
        Impact impact = down ? its.down() : its.up();
        double kappa = system.scenario.depthHaircut();
        Impact left = kappa == 1 ? impact : impact.withDepth(kappa);
        return left.move(Math.min(lots / 1e4, left.capacity()));
    }

    /** Losses beyond collateral at the landing prices, US dollars. */
    double badDebt() {
        double sum = 0;
        for (PlainPool pool : system.plain) {
            if (fallen.contains(pool.key)) {
                sum += Math.max(0, -pool.equity(low, high));
            }
        }
        return sum;
    }
}
