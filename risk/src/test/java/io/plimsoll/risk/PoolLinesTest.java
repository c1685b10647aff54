package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolLinesTest {

    private static final double PRECISION = 1e-12;

    /** Balances are rounded to a millionth of a dollar, three of them here. */
    private static final double COUNTED = 1.5e-6;

    /** The least slope of a pool's surplus in a price, as a share of a position's size: rates are at most 0.25. */
    private static final double SLOPE = 0.75;

    /** The same where legs cancel each other: twice the least rate, less what of one is larger. */
    private static final double SLOPE_OF_HEDGE = 0.001;

    private static final int CASES = 400;

    /** Lines farther away than this factor are not looked for. */
    private static final double FAR = 1e5;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void shouldFindTheLinesThatHalvingFinds(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        int found = 0;
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account =
                    accounts.random().nextInt(3) == 0 ? accounts.inverseAccount(3) : accounts.linearAccount(4, 2);
            found += check(account, 1, SLOPE, "seed " + seed + ", case " + i);
        }
        assertThat(found).isGreaterThan(CASES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42})
    void shouldFindTheLinesOfHedges(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        int found = 0;
        for (int i = 0; i < CASES / 4; i++) {
            RandomAccounts.Sample account =
                    accounts.random().nextInt(3) == 0 ? accounts.inverseAccount(2) : accounts.linearAccount(2, 1);
            OpenPosition first = account.positions().get(0);
            List<OpenPosition> positions = new ArrayList<>(account.positions());
            double share = accounts.between(-1.5, -0.2);
            positions.add(Holdings.cross(
                    first.contract(),
                    Math.rint(first.lots() * share)
                            / Math.pow(10, first.contract().lotSize().decimals()),
                    first.entryPrice() * accounts.between(0.9, 1.1)));
            // Small steps: a hedge may have a line on both sides.
            found += check(
                    new RandomAccounts.Sample(positions, account.tiersByMarket(), account.balances(), account.prices()),
                    0.03,
                    SLOPE_OF_HEDGE,
                    "seed " + seed + ", case " + i);
        }
        assertThat(found).isGreaterThan(CASES / 4);
    }

    private static int check(RandomAccounts.Sample account, double step, double slope, String name) {
        MarginPool pool = account.pool();
        BruteForcePool bruteForce = account.bruteForce();
        PoolLines lines = pool.lines(account.prices());
        int found = 0;
        for (int i = 0; i < pool.positions().size(); i++) {
            OpenPosition position = pool.positions().get(i);
            String symbol = position.market().substring("venue:".length());
            double price = account.prices().price(position.market());
            double size = pool.exposure(i).notional(price);
            DoubleUnaryOperator surplus =
                    p -> bruteForce.surplus(account.prices().with(symbol, p)).signum();
            DoubleUnaryOperator equity =
                    p -> bruteForce.equity(account.prices().with(symbol, p)).signum();
            double error = PRECISION + (COUNTED + 1e-13 * bruteForce.scale(account.prices())) / (slope * size);
            found += same(name + ", line " + i, lines.liquidationPrice(i), surplus, price, step, error);
            found += same(name + ", bankruptcy " + i, lines.bankruptcyPrice(i), equity, price, step, error);
        }
        return found;
    }

    private static int same(
            String name, double ours, DoubleUnaryOperator sign, double price, double step, double error) {
        double halved = BruteForcePool.nearestChange(sign, price, step);
        if (Double.isNaN(halved) || halved > price * FAR || halved < price / FAR) {
            assertThat(Double.isNaN(ours) || ours > price * FAR / 10 || ours < price / FAR * 10)
                    .describedAs("%s: none near %s, ours %s", name, price, ours)
                    .isTrue();
            return 0;
        }
        assertThat(ours / halved)
                .describedAs(name)
                .isCloseTo(1, within(error * Math.max(price / halved, halved / price)));
        return 1;
    }
}
