package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearMarginTest {

    private static final int CASES = 1000;

    /** The whole position at the rate of its tier. */
    private static final MarginTable JUMPING =
            MarginTable.of(List.of(new Tier(0, 0.01, 0.0, null), new Tier(100_000, 0.02, 0.0, null)));

    @Test
    void shouldLiquidateAShortAtTheFloorWhereMaintenanceJumps() {
        // At 100,000 equity is 1,500: enough for 1 %, not for 2 %.
        double line = LinearMargin.liquidationPrice(Side.SHORT, 1, 95_000, 6500, JUMPING);

        assertThat(line).isEqualTo(100_000);
    }

    @Test
    void shouldLiquidateALongBeforeItsMaintenanceFalls() {
        // Coming from above, 2 % is missed at 101,020 already; below 100,000 1 % would do again.
        double line = LinearMargin.liquidationPrice(Side.LONG, 1, 110_000, 11_000, JUMPING);

        assertThat(line).isCloseTo(99_000 / 0.98, within(1e-9));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {151, 152})
    void shouldFindTheFirstLineOfATableThatJumps(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        int atFloors = 0;
        for (int i = 0; i < CASES; i++) {
            Side side = accounts.random().nextBoolean() ? Side.LONG : Side.SHORT;
            List<Tier> tiers = accounts.tiers(100_000).stream()
                    .map(tier -> new Tier(tier.floor(), tier.maintenanceRate(), 0.0, null))
                    .toList();
            MarginTable table = MarginTable.of(tiers);
            double entry = accounts.between(50_000, 150_000);
            double cash = accounts.between(1000, 40_000);

            double line = LinearMargin.liquidationPrice(side, 1, entry, cash, table);

            double scanned = scan(side, entry, cash, table);
            String name = "seed " + seed + ", case " + i;
            assertThat(line / scanned).describedAs(name).isCloseTo(1, within(1e-9));
            atFloors += tiers.stream().anyMatch(tier -> tier.floor() == line) ? 1 : 0;
        }
        assertThat(atFloors).isPositive();
    }

    /** From far on the safe side, step by step until equity is short, then halving. */
    private static double scan(Side side, double entry, double cash, MarginTable table) {
        double factor = side == Side.LONG ? 1 / 1.0005 : 1.0005;
        double safe = side == Side.LONG ? 1e6 : 100;
        double unsafe = safe * factor;
        while (surplus(side, entry, cash, table, unsafe) >= 0) {
            safe = unsafe;
            unsafe *= factor;
        }
        for (int i = 0; i < 60; i++) {
            double middle = (safe + unsafe) / 2;
            if (surplus(side, entry, cash, table, middle) >= 0) {
                safe = middle;
            } else {
                unsafe = middle;
            }
        }
        return unsafe;
    }

    private static double surplus(Side side, double entry, double cash, MarginTable table, double price) {
        return cash + side.sign() * (price - entry) - table.maintenance(price);
    }
}
