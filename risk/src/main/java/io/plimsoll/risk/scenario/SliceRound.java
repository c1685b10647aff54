package io.plimsoll.risk.scenario;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceRange;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.WatchedPool;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The last round of a path over one slice of accounts.
 *
 * <p>A pool that falls is closed whole: {@link ForcedTrades}.
 */
public final class SliceRound {

    private final PricePath path;
    private final int round;
    private final PriceRange now;
    private final Fallen fallen;
    private final Function<String, @Nullable LotSize> lotSizes;
    private final Map<String, MarketFlow> flows = new HashMap<>();
    private final Map<String, VenueTally> venues = new HashMap<>();
    private long accountsJudged;
    private long poolsUnpriced;

    /**
     * A round.
     *
     * @param path prices of all rounds up to this one, one or more
     * @param fallen what is known of earlier rounds of this path; new where nothing is
     * @param lotSizes lots of the markets of coins
     */
    public SliceRound(PricePath path, Fallen fallen, Function<String, @Nullable LotSize> lotSizes) {
        this.path = path;
        this.round = path.rounds() - 1;
        this.now = path.at(round);
        this.fallen = fallen;
        this.lotSizes = lotSizes;
    }

    /** Judges an account; each of the slice once, in any order. */
    public void take(ScenarioAccount account) {
        accountsJudged++;
        boolean fellBefore = false;
        int fallingPools = 0;
        long notional = 0;
        long badDebt = 0;
        long left = 0;
        long winners = 0;
        int[] known = fallen.roundsOf(account.key());
        for (int i = 0; i < account.pools().size(); i++) {
            MarginPool pool = account.pools().get(i);
            if (!path.start().prices(pool)) {
                poolsUnpriced++;
                continue;
            }
            MarginPool after = account.judged().get(i).pool();
            int fell = fellIn(account, i, known);
            if (fell > round) {
                winners = Saturating.add(winners, winners(after));
                continue;
            }
            double equity = now.equity(after);
            badDebt = Saturating.add(badDebt, Saturating.microUsd(Math.max(0, -equity) * after.unitUsd(now.high())));
            left = Saturating.add(left, Saturating.microUsd(Math.max(0, equity) * after.unitUsd(now.low())));
            if (fell < round) {
                fellBefore = true;
                continue;
            }
            fallingPools++;
            notional = Saturating.add(notional, notional(pool));
            ForcedTrades.of(pool, lotSizes, this::trade);
        }
        if (fallingPools > 0 || badDebt > 0 || left > 0 || winners > 0) {
            venues.merge(
                    account.venue(),
                    new VenueTally(
                            fallingPools > 0 && !fellBefore ? 1 : 0, fallingPools, notional, badDebt, left, winners),
                    VenueTally::plus);
        }
    }

    /** The round in which a pool fell; more than this one where it stands. */
    private int fellIn(ScenarioAccount account, int pool, int @Nullable [] known) {
        if (known != null && known[pool] != Fallen.STANDS) {
            return known[pool];
        }
        WatchedPool judged = account.judged().get(pool);
        for (int r = fallen.judged(); r <= round; r++) {
            if (judged.falls(path.at(r))) {
                fallen.fell(account.key(), pool, account.pools().size(), r);
                return r;
            }
        }
        return Fallen.STANDS;
    }

    private long winners(MarginPool pool) {
        long sum = 0;
        for (int i = 0; i < pool.positions().size(); i++) {
            double profit = now.profit(pool, i);
            if (profit > 0) {
                sum = Saturating.add(sum, Saturating.microUsd(profit * pool.unitUsd(now.low())));
            }
        }
        return sum;
    }

    private long notional(MarginPool pool) {
        Prices start = path.start().low();
        long sum = 0;
        for (int i = 0; i < pool.positions().size(); i++) {
            OpenPosition position = pool.positions().get(i);
            double price = start.price(position.market());
            double settleUsd = position.contract().shape() == Shape.INVERSE ? price : 1;
            sum = Saturating.add(
                    sum,
                    Saturating.microUsd(
                            pool.exposure(i).notional(price) * settleUsd * start.quoteUsd(position.market())));
        }
        if (pool.isLoan()) {
            for (Balance coin : pool.coins()) {
                String market = coin.market();
                if (market != null && coin.quantity() > 0) {
                    sum = Saturating.add(
                            sum, Saturating.microUsd(coin.quantity() * start.price(market) * start.quoteUsd(market)));
                }
            }
        }
        return sum;
    }

    private void trade(String market, long lots) {
        flows.merge(market, new MarketFlow(Math.max(0, -lots), Math.max(0, lots)), MarketFlow::plus);
    }

    /** What the round does to the accounts that were taken. */
    public SliceAnswer answer() {
        fallen.judgedUpTo(round + 1);
        return new SliceAnswer(new TreeMap<>(flows), new TreeMap<>(venues), accountsJudged, poolsUnpriced);
    }
}
