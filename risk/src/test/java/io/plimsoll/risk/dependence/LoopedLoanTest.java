package io.plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Lending;
import io.plimsoll.risk.LendingCollateral;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopedLoanTest {

    private static final double OWN = 10_000;
    private static final double ROUNDING = 1e-9;

    /** Ten thousand dollars, three rounds at 60 %. */
    @Test
    void shouldGiveTheWorkedExample() {
        double multiplier = Lending.loopLeverage(0.6, 3);
        LoopedLoan loan = LoopedLoan.alone(OWN * multiplier, 0.85, OWN * (multiplier - 1));

        assertThat(multiplier).isCloseTo(2.176, within(ROUNDING));
        assertThat(loan.collateral()).isCloseTo(21_760, within(1e-6));
        assertThat(loan.debt()).isCloseTo(11_760, within(1e-6));
        assertThat(loan.multiplier()).isCloseTo(2.176, within(ROUNDING));
        assertThat(loan.loanToValue()).isCloseTo(0.5404, within(5e-5));
        assertThat(loan.unwindingFall()).isCloseTo(0.3642, within(5e-5));
        assertThat(healthFactor(loan, 0.85)).isCloseTo(1.573, within(5e-4));
        // Collateral earns 6 % and debt costs 4 %.
        assertThat(6 * loan.multiplier() - 4 * (loan.multiplier() - 1)).isCloseTo(8.352, within(ROUNDING));
    }

    @Test
    void shouldApproachItsLimitWithEveryRound() {
        assertThat(Lending.loopLeverage(0.7, 6)).isCloseTo(3.0588, within(5e-5));
        assertThat(Lending.loopLeverage(0.75, 200)).isCloseTo(4, within(ROUNDING));
        assertThat(LoopedLoan.alone(1, 0.8, 0.75).multiplier()).isEqualTo(4);
    }

    @Test
    void shouldStandAtItsLineWhereTheFallHasHappened() {
        for (double debt : new double[] {0.1, 0.5, 0.79}) {
            LoopedLoan loan = LoopedLoan.alone(1, 0.8, debt);

            LoopedLoan fallen = LoopedLoan.alone(1 - loan.unwindingFall(), 0.8, debt);

            assertThat(healthFactor(fallen, 0.8)).isCloseTo(1, within(ROUNDING));
        }
    }

    @Test
    void shouldSayWhenThereIsNoWayDownAnyMore() {
        assertThat(LoopedLoan.alone(1, 0.8, 0.8).unwindingFall()).isZero();
        assertThat(LoopedLoan.alone(1, 0.8, 0.9).unwindingFall()).isZero();
        assertThat(LoopedLoan.alone(1, 0.8, 1).multiplier()).isInfinite();
    }

    @Test
    void shouldNotUnwindWhereOtherCollateralCarriesIt() {
        assertThat(new LoopedLoan(1, 0.8, 0.5, 0.9).unwindingFall()).isInfinite();
        assertThat(new LoopedLoan(1, 0, 0.5, 0.9).unwindingFall()).isInfinite();
        assertThat(new LoopedLoan(1, 0.8, 0.5, 0.4).unwindingFall()).isEqualTo(0.5);
    }

    private static double healthFactor(LoopedLoan loan, double threshold) {
        return Lending.healthFactor(List.of(new LendingCollateral(1, loan.collateral(), threshold)), loan.debt());
    }
}
