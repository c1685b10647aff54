package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class AccountLeveragesTest {

    /** Half a cell. */
    private static final Percentage CELL = withinPercentage(0.51);

    private final AccountLeverages.Tally tally = new AccountLeverages.Tally();

    @Test
    void shouldTellHeadsFromMoney() {
        // Nine that hold 100 on 100, one that holds 9,000 on 300.
        for (int i = 0; i < 9; i++) {
            tally.add(100, 100, 100, 100);
        }
        tally.add(300, 9_000, 9_000, 9_000);

        LeverageCells gross = tally.sum().longs().gross();

        assertThat(gross.accounts()).isEqualTo(10);
        assertThat(gross.notionalMicroUsd()).isEqualTo(9_900_000_000L);
        assertThat(gross.quantileOfAccounts(90)).isCloseTo(1, CELL);
        assertThat(gross.quantileOfAccounts(91)).isCloseTo(30, CELL);
        assertThat(gross.quantileOfNotional(9)).isCloseTo(1, CELL);
        assertThat(gross.quantileOfNotional(10)).isCloseTo(30, CELL);
    }

    @Test
    void shouldNetHedgesInCommitmentOnly() {
        // 600 long and 400 short of one asset on 100; on balance long.
        tally.add(100, 1_000, 200, 200);
        // 500 and 500: nothing is left, and it counts as long.
        tally.add(100, 1_000, 0, 0);

        AccountLeverages.OfSide longs = tally.sum().longs();

        assertThat(longs.gross().quantileOfAccounts(1)).isCloseTo(10, CELL);
        assertThat(longs.commitment().quantileOfAccounts(50)).isZero();
        assertThat(longs.commitment().quantileOfAccounts(51)).isCloseTo(2, CELL);
        // All of what is left is the first one's.
        assertThat(longs.commitment().quantileOfNotional(1)).isCloseTo(2, CELL);
        assertThat(tally.sum().shorts()).isEqualTo(AccountLeverages.OfSide.NONE);
    }

    @Test
    void shouldCountAccountsWithoutEquityApart() {
        tally.add(100, 200, 200, -200);
        tally.addWithoutEquity(5_000, -5_000);
        tally.addWithoutEquity(300, 0);

        AccountLeverages sum = tally.sum();

        assertThat(sum.shorts().withoutEquity()).isEqualTo(1);
        assertThat(sum.shorts().withoutEquityMicroUsd()).isEqualTo(5_000_000_000L);
        assertThat(sum.shorts().gross().accounts()).isEqualTo(1);
        assertThat(sum.shorts().gross().quantileOfAccounts(100)).isCloseTo(2, CELL);
        assertThat(sum.longs().withoutEquity()).isEqualTo(1);
        assertThat(sum.longs().gross().quantileOfAccounts(50)).isNull();
        assertThat(sum.longs().gross().quantileOfNotional(50)).isNull();
    }

    @Test
    void shouldTellWhatIsBeyondAllReasonAsTheEnds() {
        tally.add(1, 0.000_999, 0, 1);
        LeverageCells low = tally.sum().longs().gross();
        tally.add(Double.MIN_VALUE, 1e9, 1e9, -1);
        tally.add(1, 1e6, 1e6, -1);
        LeverageCells high = tally.sum().shorts().gross();

        assertThat(low.quantileOfAccounts(50)).isZero();
        assertThat(high.cells()).hasSize(1);
        assertThat(high.quantileOfAccounts(100)).isCloseTo(LeverageCells.MOST, CELL);
    }

    @Test
    void shouldBeKnownToHalfACellEverywhere() {
        for (double leverage = LeverageCells.LEAST; leverage < LeverageCells.MOST; leverage *= 1.0137) {
            AccountLeverages.Tally one = new AccountLeverages.Tally();
            one.add(7, 7 * leverage, 7 * leverage, 1);

            assertThat(one.sum().longs().gross().quantileOfAccounts(50))
                    .describedAs("of %s", leverage)
                    .isCloseTo(leverage, CELL);
        }
    }

    @Test
    void shouldPutAnAccountInTheBandOfItsEquity() {
        tally.add(999.99, 2_000, 2_000, 1);
        tally.add(1_000, 3_000, 3_000, -1);
        tally.add(9_999, 50_000, 50_000, 1);
        tally.add(1e9, 1e10, 1e10, 1);

        SortedMap<Integer, Long> accounts = new TreeMap<>();
        tally.sum().bySize().forEach((size, its) -> accounts.put(size, its.accounts()));

        assertThat(accounts).containsExactly(entry(0, 1L), entry(1, 2L), entry(5, 1L));
        assertThat(AccountLeverages.sizeFromUsd(1)).isEqualTo(1_000);
        assertThat(AccountLeverages.sizeFromUsd(AccountLeverages.sizes())).isInfinite();
        LeverageCells second = Objects.requireNonNull(tally.sum().bySize().get(1));
        assertThat(second.quantileOfAccounts(50)).isCloseTo(3, CELL);
        assertThat(second.quantileOfAccounts(51)).isCloseTo(5, CELL);
    }
}
