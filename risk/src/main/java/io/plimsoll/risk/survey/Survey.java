package io.plimsoll.risk.survey;

import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.PriceRange;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.dependence.AssetFamilies;
import io.plimsoll.risk.dependence.Dependence;
import io.plimsoll.risk.scenario.ForcedTrades;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One look over the accounts of a slice. What it adds are whole numbers, each a function of one account and its prices
 * alone, so that neither the order nor the slices matter.
 *
 * <p>A pool that falls is closed whole, hedges too: {@link ForcedTrades}. Pools past their line now are armed; they count in
 * every common shock, and in no fall of one price.
 */
public final class Survey {

    /** What is left of a price that falls alone: it falls by 1 %. */
    static final double ONE_PERCENT_DOWN = 0.99;

    private final Prices prices;
    private final Function<String, @Nullable LotSize> lotSizes;
    private final Map<String, MarketTally> markets = new HashMap<>();
    private final ShockTally fall = new ShockTally(Direction.FALL);
    private final ShockTally rise = new ShockTally(Direction.RISE);
    private final Map<String, Fallers> onFallOf = new HashMap<>();
    private final Banks banks;
    private final Dependence dependence;
    private Fallers armed = Fallers.NONE;
    private long accounts;
    private long pools;
    private long poolsUnpriced;

    /**
     * A survey of nobody yet.
     *
     * @param prices present ones; may be newer ones for later accounts
     * @param lotSizes lots of the markets of coins; null where coins cannot be traded
     * @param families assets that are claims on the same thing
     */
    public Survey(Prices prices, Function<String, @Nullable LotSize> lotSizes, AssetFamilies families) {
        this.prices = prices;
        this.lotSizes = lotSizes;
        this.banks = new Banks(prices, this::market);
        this.dependence = new Dependence(prices, families);
    }

    private MarketTally market(String market) {
        MarketTally tally = markets.get(market);
        if (tally == null) {
            tally = new MarketTally();
            markets.put(market, tally);
        }
        return tally;
    }

    /**
     * Looks at an account; each of the slice once.
     *
     * @param venue its venue
     * @param watched all of its pools, idle cash too, with what judges them
     */
    public void add(String venue, List<WatchedPool> watched) {
        accounts++;
        Seen seen = new Seen();
        boolean priced = true;
        for (WatchedPool pool : watched) {
            if (!pool.pool().isMoved()) {
                continue;
            }
            if (!pool.pool().isPriced(prices)) {
                poolsUnpriced++;
                priced = false;
                continue;
            }
            pools++;
            judge(pool, seen);
        }
        seen.count();
        if (priced) {
            banks.add(venue, watched);
            watched.forEach(pool -> dependence.add(venue, pool.pool()));
        }
    }

    private void judge(WatchedPool pool, Seen seen) {
        PoolPrices its = new PoolPrices(pool.pool(), prices);
        double headroom = pool.headroom(its.nowRange());
        if (headroom < 0) {
            seen.poolsArmed++;
            ForcedTrades.of(
                    pool.pool(), lotSizes, (market, lots) -> market(market).arm(lots));
            fall.addArmedDebt(pool.pool(), its);
            rise.addArmedDebt(pool.pool(), its);
            return;
        }
        seen.fall = Math.min(seen.fall, judge(pool, its, fall, headroom));
        seen.rise = Math.min(seen.rise, judge(pool, its, rise, headroom));
        judgeAlone(pool, its, seen);
    }

    private int judge(WatchedPool pool, PoolPrices its, ShockTally shocks, double headroom) {
        int bucket = CriticalShock.bucket(pool, its, shocks.direction(), headroom);
        if (bucket < CriticalShock.NONE) {
            ForcedTrades.of(
                    pool.pool(), lotSizes, (market, lots) -> market(market).fall(shocks.direction(), bucket, lots));
            shocks.add(bucket, pool.pool(), its);
        }
        return bucket;
    }

    private void judgeAlone(WatchedPool pool, PoolPrices its, Seen seen) {
        // With every price where it hurts most, which no single fall exceeds.
        if (!pool.falls(its.anyDownTo(ONE_PERCENT_DOWN))) {
            return;
        }
        for (int source = 0; source < its.markets().size(); source++) {
            PriceRange moved = its.one(source, ONE_PERCENT_DOWN);
            if (pool.falls(moved)) {
                String name = its.markets().get(source);
                ForcedTrades.of(
                        pool.pool(), lotSizes, (market, lots) -> market(market).fallOf(name, lots));
                seen.poolsOnFallOf.merge(name, 1, Integer::sum);
            }
        }
    }

    /** The first pool of an account counts for it. */
    private final class Seen {
        private int fall = CriticalShock.NONE;
        private int rise = CriticalShock.NONE;
        private int poolsArmed;
        private final Map<String, Integer> poolsOnFallOf = new HashMap<>(0);

        void count() {
            if (poolsArmed > 0) {
                armed = armed.plus(new Fallers(poolsArmed, 1));
            } else {
                Survey.this.fall.countAccount(fall);
                Survey.this.rise.countAccount(rise);
            }
            if (!poolsOnFallOf.isEmpty()) {
                poolsOnFallOf.forEach((source, count) -> onFallOf.merge(source, new Fallers(count, 1), Fallers::plus));
            }
        }
    }

    /** What the accounts so far add up to. */
    public SurveySum sum() {
        SortedMap<String, SurveyRow> rows = new TreeMap<>();
        markets.forEach((market, tally) -> rows.put(market, tally.row()));
        return new SurveySum(
                rows,
                new SurveyTotals(
                        accounts,
                        pools,
                        poolsUnpriced,
                        armed,
                        fall.fallers(),
                        rise.fallers(),
                        fall.debts(),
                        rise.debts(),
                        new TreeMap<>(onFallOf),
                        banks.venues(),
                        banks.leverages(),
                        dependence.sums()));
    }
}
