package io.plimsoll.topology.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.survey.AccountLeverages;
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

    private AccountLeverages leverages() {
        return Objects.requireNonNull(looks.sum()).totals().leverages();
    }

    /** A look as it comes over the topic. */
    private void look(int slice, long asOfMs, AccountLeverages leverages) {
        SurveyTotals totals = SurveyTotals.NONE.withLeverages(leverages);
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
