package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommonShockTest {

    private static final int CASES = 120;

    /** Farthest rise that is looked for: ten times. */
    private static final double HIGHEST = 9;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {81, 82, 83})
    void shouldBeTheNearestOfAScan(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        int falls = 0;
        int rises = 0;
        int none = 0;
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account =
                    accounts.random().nextInt(3) == 0 ? accounts.inverseAccount(3) : accounts.linearAccount(5, 2);
            BruteForcePool bruteForce = account.bruteForce();
            DoubleUnaryOperator surplus =
                    move -> bruteForce.surplus(account.prices().times(1 + move)).doubleValue();
            String name = "seed " + seed + ", case " + i;

            Double shock = AccountRiskMeasures.of(List.of(account.pool()), account.prices(), null, 1e-9)
                    .commonShock();

            if (surplus.applyAsDouble(0) < 0) {
                assertThat(shock).describedAs(name).isZero();
                continue;
            }
            double fall = scan(surplus, -0.005, -0.999);
            double rise = scan(surplus, 0.05, HIGHEST);
            double nearest = Double.isNaN(rise) || -fall <= rise ? fall : rise;
            if (Double.isNaN(nearest)) {
                none++;
                assertThat(shock == null || shock < -0.998).describedAs(name).isTrue();
            } else {
                falls += nearest < 0 ? 1 : 0;
                rises += nearest > 0 ? 1 : 0;
                assertThat(shock).describedAs(name).isCloseTo(nearest, within(1e-7 * Math.max(1, Math.abs(nearest))));
            }
        }
        assertThat(falls).isGreaterThan(CASES / 10);
        assertThat(rises).isGreaterThan(CASES / 10);
        assertThat(none).isPositive();
    }

    /** First move at which a surplus is gone; NaN where none is found. */
    private static double scan(DoubleUnaryOperator surplus, double step, double farthest) {
        double safe = 0;
        while (Math.abs(safe) < Math.abs(farthest)) {
            double next = Math.abs(safe + step) < Math.abs(farthest) ? safe + step : farthest;
            if (surplus.applyAsDouble(next) < 0) {
                double unsafe = next;
                for (int i = 0; i < 60; i++) {
                    double middle = (safe + unsafe) / 2;
                    if (surplus.applyAsDouble(middle) < 0) {
                        unsafe = middle;
                    } else {
                        safe = middle;
                    }
                }
                return unsafe;
            }
            safe = next;
        }
        return Double.NaN;
    }

    @Test
    void shouldLeaveQuoteAssetsWhereTheyAre() {
        Contract contract = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(0.05));
        MarginPool pool = Holdings.pool(List.of(Holdings.cross(contract, 1, 1000)), Holdings.cash("USDC", 245));
        PriceBoard prices = PriceBoard.of("BTC", 1000).withQuote("BTC", 0.98);

        Double shock = AccountRiskMeasures.of(List.of(pool), prices, null, 1e-9).commonShock();

        // 245 + 0.98 x 1000 x = 0.98 x 50 (1 + x)
        assertThat(shock).isCloseTo((49 - 245) / (980 - 49.0), within(1e-12));
    }

    @Test
    void shouldTakeTheNearestOfAnAccountsPools() {
        Contract contract = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(0.05));
        OpenPosition far = Holdings.isolated(contract, 1, 1000, 500);
        OpenPosition near = Holdings.isolated(contract, -1, 1000, 100);
        List<MarginPool> pools = new MarginAccount(List.of(far, near), List.of(), VenueModel.GENERIC).pools();

        Double shock = AccountRiskMeasures.of(pools, PriceBoard.of("BTC", 1000), null, 1e-9)
                .commonShock();

        assertThat(shock).isCloseTo(50 / 1050.0, within(1e-12));
    }

    @ParameterizedTest(name = "second tier from {0}")
    @CsvSource({"1400, -0.7191011", "1250, 0.5714286"})
    void shouldTakeTheNearerOfAFallAndARise(double floor, double expected) {
        // More long than short, so a fall hurts; above the floor maintenance grows faster than profit, so a rise does
        // too.
        MarginTable table = MarginTable.of(List.of(new Tier(0, 0.01, null, null), new Tier(floor, 0.25, null, null)));
        MarginPool pool = Holdings.pool(
                List.of(
                        Holdings.cross(Holdings.linear(VenueModel.GENERIC, "A", table), 1.2, 1000),
                        Holdings.cross(Holdings.linear(VenueModel.GENERIC, "B", table), -1, 1000)),
                Holdings.cash("USDC", 150));

        Double shock = AccountRiskMeasures.of(
                        List.of(pool), PriceBoard.of("A", 1000).with("B", 1000), null, 1e-9)
                .commonShock();

        assertThat(shock).isCloseTo(expected, within(5e-8));
    }
}
