package io.plimsoll.risk.watch;

import java.util.Random;

/** Half-spaces with nothing else: the index by itself. */
class LinearEveryTickTest extends EveryTick {

    @Override
    WatchedAccounts accounts(int count, double[] prices, Random random) {
        return LinearAccounts.random(count, prices, random);
    }
}
