package io.plimsoll.risk.dependence;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.scenario.Saturating;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up what leverage rests on, pool by pool. Collateral is what is owned in a pool that has positions or debts; cash of a
 * settle asset that is kept apart is collateral in that asset.
 */
public final class Dependence {

    private final Prices prices;
    private final AssetFamilies families;
    private final TreeMap<DependenceSums.Coin, CoinSums> coins = new TreeMap<>();
    private final TreeMap<DependenceSums.Pledge, Long> borrowed = new TreeMap<>();
    private final TreeMap<DependenceSums.Loop, LoopSums> loops = new TreeMap<>();

    /** Nothing yet. */
    public Dependence(Prices prices, AssetFamilies families) {
        this.prices = prices;
        this.families = families;
    }

    /** Adds a pool of an account; all its prices are known. */
    public void add(String venue, MarginPool pool) {
        if (pool.countsInUsd()) {
            addBalances(venue, pool);
        } else {
            double usd = pool.settleCash() * pool.unitUsd(prices);
            hold(venue, pool.settleAsset(), usd, usd);
        }
    }

    private void addBalances(String venue, MarginPool pool) {
        double owned = 0;
        boolean owes = false;
        for (Balance balance : pool.held()) {
            double usd = usd(balance);
            owned += Math.max(0, usd);
            owes |= usd < 0;
        }
        if (pool.isLoan() && !owes) {
            return;
        }
        for (Balance balance : pool.held()) {
            double usd = usd(balance);
            hold(venue, balance.asset(), usd, usd * balance.factor());
            if (owned > 0 && usd < 0) {
                pledge(venue, pool, balance.asset(), -usd / owned);
            }
        }
        if (owes) {
            addLoops(venue, pool);
        }
    }

    private void hold(String venue, String asset, double usd, double marginUsd) {
        if (usd != 0) {
            CoinSums sums = usd > 0
                    ? new CoinSums(1, Saturating.microUsd(usd), Saturating.microUsd(marginUsd), 0)
                    : new CoinSums(0, 0, 0, Saturating.microUsd(-usd));
            coins.merge(new DependenceSums.Coin(venue, asset), sums, CoinSums::plus);
        }
    }

    /** A debt stands against all collateral of its pool, in proportion to value. */
    private void pledge(String venue, MarginPool pool, String debt, double perOwned) {
        for (Balance balance : pool.held()) {
            double usd = usd(balance);
            if (usd > 0) {
                borrowed.merge(
                        new DependenceSums.Pledge(venue, balance.asset(), debt),
                        Saturating.microUsd(usd * perOwned),
                        Saturating::add);
            }
        }
    }

    private void addLoops(String venue, MarginPool pool) {
        Map<String, Family> byName = new HashMap<>();
        for (Balance balance : pool.held()) {
            byName.computeIfAbsent(families.familyOf(balance.asset()), name -> new Family())
                    .add(usd(balance), balance.factor());
        }
        double surplus = pool.surplus(prices);
        byName.forEach((name, family) -> {
            if (family.owned > 0 && family.owed > 0) {
                double debt = Math.min(family.owned, family.owed);
                LoopedLoan loan = new LoopedLoan(family.backing, surplus);
                loops.merge(
                        new DependenceSums.Loop(venue, name, UnwindingBuckets.of(loan.unwindingFall())),
                        new LoopSums(1, Saturating.microUsd(family.owned), Saturating.microUsd(debt)),
                        LoopSums::plus);
            }
        });
    }

    private double usd(Balance balance) {
        return balance.quantity() * MarginPool.coinPrice(balance, prices);
    }

    private static final class Family {
        private double owned;
        private double backing;
        private double owed;

        void add(double usd, double factor) {
            owned += Math.max(0, usd);
            backing += Math.max(0, usd) * factor;
            owed += Math.max(0, -usd);
        }
    }

    /** What has been added so far. */
    public DependenceSums sums() {
        return new DependenceSums(coins, borrowed, loops);
    }
}
