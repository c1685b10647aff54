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
        double collateral = OWN * multiplier;
        double debt = OWN * (multiplier - 1);

        assertThat(multiplier).isCloseTo(2.176, within(ROUNDING));
        assertThat(collateral).isCloseTo(21_760, within(1e-6));
        assertThat(debt).isCloseTo(11_760, within(1e-6));
        assertThat(loops(collateral, debt).multiplier()).isCloseTo(2.176, within(ROUNDING));
        assertThat(debt / collateral).isCloseTo(0.5404, within(5e-5));
        assertThat(alone(collateral, 0.85, debt).unwindingFall()).isCloseTo(0.3642, within(5e-5));
        assertThat(healthFactor(collateral, 0.85, debt)).isCloseTo(1.573, within(5e-4));
        // Collateral earns 6 % and debt costs 4 %.
        assertThat(6 * multiplier - 4 * (multiplier - 1)).isCloseTo(8.352, within(ROUNDING));
    }

    @Test
    void shouldApproachItsLimitWithEveryRound() {
        assertThat(Lending.loopLeverage(0.7, 6)).isCloseTo(3.0588, within(5e-5));
        assertThat(Lending.loopLeverage(0.75, 200)).isCloseTo(4, within(ROUNDING));
        assertThat(loops(100, 75).multiplier()).isEqualTo(4);
    }

    @Test
    void shouldStandAtItsLineWhereTheFallHasHappened() {
        for (double debt : new double[] {0.1, 0.5, 0.79}) {
            double fall = alone(1, 0.8, debt).unwindingFall();

            assertThat(healthFactor(1 - fall, 0.8, debt)).isCloseTo(1, within(ROUNDING));
        }
    }

    @Test
    void shouldSayWhenThereIsNoWayDownAnyMore() {
        assertThat(alone(1, 0.8, 0.8).unwindingFall()).isZero();
        assertThat(alone(1, 0.8, 0.9).unwindingFall()).isZero();
        assertThat(loops(1, 1).multiplier()).isInfinite();
        assertThat(LoopSums.NONE.multiplier()).isNaN();
    }

    @Test
    void shouldNotUnwindWhereOtherCollateralCarriesIt() {
        assertThat(new LoopedLoan(0.8, 0.9).unwindingFall()).isInfinite();
        assertThat(new LoopedLoan(0, 0.9).unwindingFall()).isInfinite();
        assertThat(new LoopedLoan(0.8, 0.4).unwindingFall()).isEqualTo(0.5);
    }

    private static LoopedLoan alone(double collateral, double threshold, double debt) {
        return new LoopedLoan(collateral * threshold, collateral * threshold - debt);
    }

    private static LoopSums loops(double collateral, double debt) {
        return new LoopSums(1, Math.round(collateral * 1e6), Math.round(debt * 1e6));
    }

    private static double healthFactor(double collateral, double threshold, double debt) {
        return Lending.healthFactor(List.of(new LendingCollateral(1, collateral, threshold)), debt);
    }
}
