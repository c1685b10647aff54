package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.Lending;
import io.plimsoll.risk.LendingCollateral;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Health factors of real borrowers as the protocol gave them, from their total collateral, average threshold and debt.
 *
 * <p>The protocol counts in whole units, 1e-18 ETH in version 2 and 1e-8 US dollars in version 3, and rounds collateral
 * x threshold to one: half of a unit is what its health factor may differ by, and the last digits of the doubles that
 * the files carry.
 */
class AaveBorrowersRecordedTest {

    /** Four roundings of a double, ours and those of the file. */
    private static final double DIGITS = 4.5e-16;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"steth_aave.csv, 1309, 1e-18", "steth_aave_v3.csv, 502, 1e-8"})
    void shouldGiveTheHealthFactorOfEveryBorrower(String file, int borrowers, double unit) {
        List<Map<String, String>> rows =
                SharedData.csv(SharedData.folder("aave-borrowers-2023").resolve(file));
        int matching = 0;
        int liquidatable = 0;
        double worst = 0;
        double worstInTolerance = 0;

        for (Map<String, String> row : rows) {
            double reported = number(row, "healthf");
            LendingCollateral collateral =
                    new LendingCollateral(number(row, "collateral"), 1, number(row, "threshold") / 10_000);
            double backing = collateral.value() * collateral.liquidationThreshold();
            double tolerance = DIGITS + 0.5 * unit / backing;

            double healthFactor = Lending.healthFactor(List.of(collateral), number(row, "debt"));

            double error = Math.abs(healthFactor / reported - 1);
            worst = Math.max(worst, error);
            worstInTolerance = Math.max(worstInTolerance, error / tolerance);
            matching += error <= tolerance ? 1 : 0;
            liquidatable += Lending.isLiquidatable(healthFactor) ? 1 : 0;
            assertThat(Lending.isLiquidatable(healthFactor))
                    .describedAs("%s", row.get("user"))
                    .isEqualTo(reported < 1);
        }

        System.out.printf(
                "aave-borrowers-2023 %s: %d of %d health factors match, off by %.1e at most, which is %.2f of the"
                        + " tolerance (half of %.0e over collateral x threshold, and %.1e); %d liquidatable%n",
                file, matching, rows.size(), worst, worstInTolerance, unit, DIGITS, liquidatable);
        assertThat(rows).hasSize(borrowers);
        assertThat(matching).isEqualTo(borrowers);
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
