package io.plimsoll.risk.survey;

import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.scenario.Saturating;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who falls in which bucket of a common shock, and what is owed from which bucket on. */
final class ShockTally {

    private final Direction direction;
    private final double farthest;
    private final long[] pools = new long[ShockBuckets.COUNT];
    private final long[] accounts = new long[ShockBuckets.COUNT];
    private final Map<Integer, DebtTerms> debts = new HashMap<>();

    ShockTally(Direction direction) {
        this.direction = direction;
        this.farthest = ShockBuckets.factor(direction, ShockBuckets.COUNT);
    }

    Direction direction() {
        return direction;
    }

    void countAccount(int bucket) {
        if (bucket < CriticalShock.NONE) {
            accounts[bucket]++;
        }
    }

    void add(int bucket, MarginPool pool, PoolPrices prices) {
        pools[bucket]++;
        addDebt(bucket, pool, prices);
    }

    void addArmedDebt(MarginPool pool, PoolPrices prices) {
        addDebt(ShockBuckets.ARMED, pool, prices);
    }

    /** Equity in dollars is linear in a common move, of inverse positions too; of options the chord is taken. */
    private void addDebt(int fallen, MarginPool pool, PoolPrices prices) {
        double now = equityUsd(pool, prices.now());
        double end = equityUsd(pool, prices.all(farthest).low());
        double loss = (now - end) / Math.abs(farthest - 1);
        if (now >= 0 && end >= 0) {
            return;
        }
        DebtTerms terms = new DebtTerms(
                Saturating.microUsd(Math.max(0, now)),
                Saturating.microUsd(Math.max(0, -now)),
                Saturating.microUsd(Math.max(0, loss)));
        int bankrupt = now < 0 ? ShockBuckets.ARMED : bucketOf(now / loss);
        debts.merge(Math.max(fallen, bankrupt), terms, DebtTerms::plus);
    }

    private int bucketOf(double fraction) {
        double factor = direction == Direction.FALL ? 1 - fraction : 1 + fraction;
        int bucket = Math.min(ShockBuckets.COUNT - 1, ShockBuckets.near(factor));
        // The edges decide, not the logarithm.
        while (bucket > 0 && !beyond(bucket, fraction)) {
            bucket--;
        }
        while (bucket < ShockBuckets.COUNT - 1 && beyond(bucket + 1, fraction)) {
            bucket++;
        }
        return bucket;
    }

    private boolean beyond(int edge, double fraction) {
        return fraction > Math.abs(ShockBuckets.factor(direction, edge) - 1);
    }

    private static double equityUsd(MarginPool pool, Prices prices) {
        return pool.equity(prices) * pool.unitUsd(prices);
    }

    SortedMap<Integer, Fallers> fallers() {
        SortedMap<Integer, Fallers> fallers = new TreeMap<>();
        for (int bucket = 0; bucket < ShockBuckets.COUNT; bucket++) {
            if (pools[bucket] > 0) {
                fallers.put(bucket, new Fallers(pools[bucket], accounts[bucket]));
            }
        }
        return fallers;
    }

    SortedMap<Integer, DebtTerms> debts() {
        return new TreeMap<>(debts);
    }
}
