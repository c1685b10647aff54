package io.plimsoll.topology.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.dependence.CoinSums;
import io.plimsoll.risk.dependence.DependenceSums;
import io.plimsoll.risk.dependence.LoopSums;
import io.plimsoll.risk.survey.AccountLeverages;
import io.plimsoll.risk.survey.Fallers;
import io.plimsoll.risk.survey.LeverageCells;
import io.plimsoll.risk.survey.SurveySum;
import io.plimsoll.risk.survey.SurveyTotals;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SliceLooksTest {

    private static final int SLICES = 3;

    private final SliceLooks looks = new SliceLooks(SLICES);

    @Test
    void shouldAddUpLeverageOfAccountsOverSlices() {
        look(0, 1, leverages(70, 2, 1));
        look(1, 2, leverages(160, 1, 0));
        assertThat(looks.sum()).describedAs("before every slice has looked").isNull();
        look(2, 3, leverages(70, 4, 2));

        AccountLeverages all = leverages();

        assertThat(all.longs().gross().cells())
                .isEqualTo(Map.of(70, new LeverageCells.Cell(6, 60), 160, new LeverageCells.Cell(1, 10)));
        assertThat(all.longs().commitment().cells()).isEqualTo(Map.of(0, new LeverageCells.Cell(7, 7)));
        assertThat(all.longs().withoutEquity()).isEqualTo(3);
        assertThat(all.longs().withoutEquityMicroUsd()).isEqualTo(300);
        assertThat(all.shorts()).isEqualTo(AccountLeverages.OfSide.NONE);
        assertThat(all.bySize())
                .isEqualTo(Map.of(
                        4,
                        new LeverageCells(new TreeMap<>(
                                Map.of(70, new LeverageCells.Cell(6, 60), 160, new LeverageCells.Cell(1, 10))))));
    }

    @Test
    void shouldForgetAccountsThatASliceNoLongerSees() {
        look(0, 1, leverages(70, 2, 1));
        look(1, 2, leverages(160, 1, 0));
        look(2, 3, AccountLeverages.NONE);

        look(0, 4, AccountLeverages.NONE);

        assertThat(leverages()).isEqualTo(leverages(160, 1, 0));
    }

    @Test
    void shouldAddUpWhatLeverageRestsOnOverSlicesAndForgetWhatASliceNoLongerSees() {
        look(0, 1, AccountLeverages.NONE, rests(1));
        look(1, 2, AccountLeverages.NONE, rests(10));
        look(2, 3, AccountLeverages.NONE, rests(100));
        assertThat(dependence()).isEqualTo(rests(111));

        look(1, 4, AccountLeverages.NONE, rests(20));
        look(0, 5, AccountLeverages.NONE, DependenceSums.NONE);

        assertThat(dependence()).isEqualTo(rests(120));
    }

    private DependenceSums dependence() {
        return Objects.requireNonNull(looks.sum()).totals().dependence();
    }

    /** So many loans of nine micro-dollars that are borrowed against seven of staked ETH and five of another coin. */
    private static DependenceSums rests(long loans) {
        return new DependenceSums(
                new TreeMap<>(Map.of(
                        new DependenceSums.Coin("aave", "stETH"), new CoinSums(loans, 7 * loans, 6 * loans, 0),
                        new DependenceSums.Coin("aave", "WBTC"), new CoinSums(loans, 5 * loans, 4 * loans, 0),
                        new DependenceSums.Coin("spark", "ETH"), new CoinSums(0, 0, 0, 9 * loans))),
                new TreeMap<>(Map.of(new DependenceSums.Pledge("aave", "stETH", "ETH"), 3 * loans)),
                new TreeMap<>(Map.of(
                        new DependenceSums.Loop("aave", "ETH", 2), new LoopSums(loans, 7 * loans, 7 * loans),
                        new DependenceSums.Loop("aave", "ETH", 9), new LoopSums(2 * loans, 8 * loans, loans))));
    }

    private AccountLeverages leverages() {
        return Objects.requireNonNull(looks.sum()).totals().leverages();
    }

    private void look(int slice, long asOfMs, AccountLeverages leverages) {
        look(slice, asOfMs, leverages, DependenceSums.NONE);
    }

    /** A look as it comes over the topic. */
    private void look(int slice, long asOfMs, AccountLeverages leverages, DependenceSums dependence) {
        SurveyTotals totals = new SurveyTotals(
                0,
                0,
                0,
                Fallers.NONE,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                leverages,
                dependence);
        SurveyReports.write(slice, asOfMs, asOfMs, new SurveySum(new TreeMap<>(), totals), looks::take);
    }

    /** So many accounts net long, each of ten micro-dollars. */
    private static AccountLeverages leverages(int cell, long accounts, long withoutEquity) {
        LeverageCells gross =
                new LeverageCells(new TreeMap<>(Map.of(cell, new LeverageCells.Cell(accounts, 10 * accounts))));
        LeverageCells commitment =
                new LeverageCells(new TreeMap<>(Map.of(0, new LeverageCells.Cell(accounts, accounts))));
        return new AccountLeverages(
                new AccountLeverages.OfSide(gross, commitment, withoutEquity, 100 * withoutEquity),
                AccountLeverages.OfSide.NONE,
                new TreeMap<>(Map.of(4, gross)));
    }
}
