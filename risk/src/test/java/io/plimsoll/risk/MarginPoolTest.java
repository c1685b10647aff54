package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarginPoolTest {

    private static final int CASES = 2000;

    /** Of the sum of everything; and balances are rounded to a millionth of a dollar, three of them here. */
    private static final double ROUNDING = 1e-13;

    private static final double COUNTED = 1.5e-6;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void shouldAddUpLikeBruteForce(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account =
                    accounts.random().nextInt(3) == 0 ? accounts.inverseAccount(4) : accounts.linearAccount(5, 3);
            BruteForcePool bruteForce = account.bruteForce();
            MarginPool pool = account.pool();
            double error = COUNTED + ROUNDING * bruteForce.scale(account.prices());

            double surplus = pool.surplus(account.prices());
            double equity = pool.equity(account.prices());

            assertThat(surplus)
                    .describedAs("surplus, seed %s, case %s", seed, i)
                    .isCloseTo(bruteForce.surplus(account.prices()).doubleValue(), within(error));
            assertThat(equity)
                    .describedAs("equity, seed %s, case %s", seed, i)
                    .isCloseTo(bruteForce.equity(account.prices()).doubleValue(), within(error));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    void shouldBeOnItsLineAtTheLiquidationPriceOfACoin(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        int found = 0;
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account = accounts.linearAccount(3, 3);
            MarginPool pool = account.pool();
            List<Balance> coins = pool.coins();
            for (int coin = 0; coin < coins.size(); coin++) {
                double line = pool.liquidationPriceOfCoin(coin, account.prices());
                if (Double.isNaN(line)) {
                    continue;
                }
                found++;
                PriceBoard there = account.prices().with(coins.get(coin).asset(), line);

                double left = account.bruteForce().surplus(there).doubleValue();

                assertThat(left)
                        .describedAs("seed %s, case %s, coin %s", seed, i, coin)
                        .isCloseTo(
                                0,
                                within(COUNTED + ROUNDING * account.bruteForce().scale(there)));
            }
        }
        assertThat(found).isGreaterThan(CASES / 10);
    }
}
