package io.plimsoll.risk.watch;

import java.util.Random;

/** Margin pools with tiers, coins, inverse contracts and margin-call states, as the monitor watches them. */
class PooledEveryTickTest extends EveryTick {

    @Override
    WatchedAccounts accounts(int count, double[] prices, Random random) {
        return PooledAccounts.random(count, prices, random);
    }
}
