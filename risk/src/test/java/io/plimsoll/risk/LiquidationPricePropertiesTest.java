package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of any liquidation price, linear or inverse, whatever the tiers. */
class LiquidationPricePropertiesTest {

    private static final int CASES = 2000;

    /** What the rounding of a sum can move a line, relative to it. */
    private static final double RELATIVE = 1e-11;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52, 53})
    void shouldNotDependOnTheMarkAtWhichAPositionIsStated(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        for (int i = 0; i < CASES; i++) {
            OpenPosition position = accounts.isolated().positions().get(0);
            Exposure exposure = position.exposure();
            double mark = position.entryPrice() * Math.exp(accounts.between(-1, 1));
            double cash = exposure.notional(position.entryPrice()) * accounts.between(-0.3, 1.2);
            Exposure restated =
                    new OpenPosition(position.contract(), position.lots(), mark, 0, null, null, null, 0).exposure();
            double realised = cash + exposure.profit(mark);

            double line = exposure.liquidationPrice(cash, mark);
            double lineAfter = restated.liquidationPrice(realised, mark);
            double bankruptcy = exposure.bankruptcyPrice(cash, mark);
            double bankruptcyAfter = restated.bankruptcyPrice(realised, mark);

            assertSame(line, lineAfter, position, "line, seed " + seed + ", case " + i);
            assertSame(bankruptcy, bankruptcyAfter, position, "bankruptcy, seed " + seed + ", case " + i);
        }
    }

    private static void assertSame(double one, double other, OpenPosition position, String name) {
        if (Double.isNaN(one)) {
            assertThat(other).describedAs(name).isNaN();
        } else {
            double far = Math.max(one / position.entryPrice(), position.entryPrice() / one);
            assertThat(other / one).describedAs(name).isCloseTo(1, within(RELATIVE * far));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62, 63})
    void shouldHaveEquityEqualToMaintenanceAtTheLine(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        int[] tiersSeen = new int[6];
        int inverse = 0;
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account = accounts.isolated();
            OpenPosition position = account.positions().get(0);
            String symbol = position.market().substring("venue:".length());
            MarginPool pool = account.pool();
            String name = "seed " + seed + ", case " + i;

            double line = pool.lines(account.prices()).liquidationPrice(0);

            if (Double.isNaN(line) || line == LinearMargin.LOWEST_PRICE || line == LinearMargin.HIGHEST_PRICE) {
                continue;
            }
            PriceBoard there = account.prices().with(symbol, line);
            double error = RELATIVE * account.bruteForce().scale(there);
            double beyond = position.side() == Side.LONG ? line * (1 - 1e-8) : line * (1 + 1e-8);
            double before = position.side() == Side.LONG ? line * (1 + 1e-8) : line * (1 - 1e-8);
            assertThat(account.bruteForce().surplus(there).doubleValue())
                    .describedAs(name)
                    .isCloseTo(0, within(error));
            assertThat(pool.surplus(there.with(symbol, beyond)))
                    .describedAs("beyond, " + name)
                    .isNegative();
            assertThat(pool.surplus(there.with(symbol, before)))
                    .describedAs("before, " + name)
                    .isPositive();
            tiersSeen[pool.exposure(0).tier(line)]++;
            inverse += position.contract().shape() == Shape.INVERSE ? 1 : 0;
        }
        assertThat(tiersSeen[0]).isPositive();
        assertThat(tiersSeen[1]).isPositive();
        assertThat(tiersSeen[2]).isPositive();
        assertThat(inverse).isBetween(CASES / 10, CASES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72})
    void shouldKnowWhatIsPaidInFull(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        for (int i = 0; i < CASES; i++) {
            double entry = Math.pow(10, accounts.between(-2, 5));
            double rate = accounts.between(0.001, 0.4);
            String name = "seed " + seed + ", case " + i;
            MarginTable table = Holdings.flat(rate);
            double size = Math.rint(1 + 1e3 * accounts.random().nextDouble());
            Contract linear = Holdings.linear(VenueModel.GENERIC, "X", table);
            Contract inverse = Holdings.inverse(VenueModel.GENERIC, "X", table);
            Exposure linearLong = Holdings.cross(linear, size, entry).exposure();
            Exposure inverseShort = Holdings.cross(inverse, -size, entry).exposure();
            Exposure inverseLong = Holdings.cross(inverse, size, entry).exposure();

            assertThat(linearLong.liquidationPrice(size * entry, entry))
                    .describedAs(name)
                    .isNaN();
            assertThat(inverseShort.liquidationPrice(size / entry, entry))
                    .describedAs(name)
                    .isNaN();
            assertThat(inverseLong.liquidationPrice(size / entry, entry) / entry)
                    .describedAs(name)
                    .isCloseTo((1 + rate) / 2, within(1e-14));
        }
    }
}
