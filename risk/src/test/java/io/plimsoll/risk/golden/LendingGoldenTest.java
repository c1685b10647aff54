package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Lending;
import io.plimsoll.risk.LendingCollateral;
import io.plimsoll.risk.LendingSeizure;
import io.plimsoll.risk.LendingTerms;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lending: examples of Aave's documentation and what follows from its rules and Compound's. */
class LendingGoldenTest {

    private static final double HALF_OF_FOURTH_DIGIT = 5e-5;

    @ParameterizedTest(name = "{0} at {1}, threshold {2}, debt {3}")
    @CsvSource({
        "1,  10000, 0.8,   6000,  1.3333",
        "10, 3000,  0.825, 20000, 1.2375",
        "5,  1490,  0.8,   6000,  0.9933",
        "5,  1400,  0.8,   6000,  0.9333",
    })
    void shouldGiveTheHealthFactor(double quantity, double price, double threshold, double debt, double expected) {
        double healthFactor = Lending.healthFactor(List.of(new LendingCollateral(quantity, price, threshold)), debt);

        assertThat(healthFactor).isCloseTo(expected, within(HALF_OF_FOURTH_DIGIT));
        assertThat(Lending.isLiquidatable(healthFactor)).isEqualTo(expected < 1);
    }

    @Test
    void shouldAddUpCollateralByItsOwnThreshold() {
        List<LendingCollateral> collateral =
                List.of(new LendingCollateral(10, 3000, 0.825), new LendingCollateral(5000, 1, 0.5));

        assertThat(Lending.healthFactor(collateral, 20_000)).isCloseTo(27_250 / 20_000.0, within(1e-15));
        assertThat(Lending.healthFactor(collateral, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Lending.healthFactor(List.of(), 1)).isZero();
    }

    @Test
    void shouldGiveTheLiquidationPriceOfTheOnlyCollateral() {
        double price = Lending.liquidationPrice(10, 0.825, 20_000);

        assertThat(Lending.liquidationPrice(5, 0.8, 6000)).isEqualTo(1500);
        assertThat(price).isCloseTo(2424.24, within(5e-3));
        assertThat(100 * (price / 3000 - 1)).isCloseTo(-19.19, within(5e-3));
        assertThat(Lending.liquidationPrice(10, 0.825, 0)).isZero();
        assertThat(Lending.liquidationPrice(10, 0, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void shouldBeLiquidatableUnderOneNotAtOne() {
        assertThat(Lending.isLiquidatable(1)).isFalse();
        assertThat(Lending.isLiquidatable(Math.nextDown(1.0))).isTrue();
        assertThat(Lending.isLiquidatable(Double.POSITIVE_INFINITY)).isFalse();
    }

    @ParameterizedTest(name = "health {0}, collateral {1}, debt {2}")
    @CsvSource({
        "0.9933, 7450,    6000,    0.5",
        "0.9333, 7000,    6000,    1",
        "0.95,   7000,    6000,    1",
        "0.9501, 7000,    6000,    0.5",
        "0.99,   2000,    2000,    0.5",
        "0.99,   1999.99, 2000,    1",
        "0.99,   2000,    1999.99, 1",
        "1,      7000,    6000,    0",
        "1.2,    500,     300,     0",
    })
    void shouldCloseHalfInAaveOrAllWhereLittleIsLeft(
            double healthFactor, double collateral, double debt, double expected) {
        assertThat(LendingTerms.AAVE_V3_3.closeFactor(healthFactor, collateral, debt))
                .isEqualTo(expected);
    }

    @Test
    void shouldTakeAavesHalfOfAllDebts() {
        assertThat(LendingTerms.AAVE_V3_3.repayableUsd(0.99, 50_000, 6000, 10_000))
                .isEqualTo(5000);
        assertThat(LendingTerms.AAVE_V3_3.repayableUsd(0.99, 50_000, 4000, 10_000))
                .isEqualTo(4000);
        assertThat(LendingTerms.AAVE_V3_3.repayableUsd(0.9, 50_000, 6000, 10_000))
                .isEqualTo(6000);
        assertThat(LendingTerms.AAVE_V3_3.repayableUsd(1.01, 50_000, 6000, 10_000))
                .isZero();
    }

    @Test
    void shouldTakeCompoundsHalfOfTheRepaidDebtAndAllInComet() {
        assertThat(LendingTerms.COMPOUND_V2.repayableUsd(0.99, 50_000, 6000, 10_000))
                .isEqualTo(3000);
        assertThat(LendingTerms.COMPOUND_V2.repayableUsd(0.1, 100, 80, 80)).isEqualTo(40);
        assertThat(LendingTerms.COMET.repayableUsd(0.99, 50_000, 6000, 6000)).isEqualTo(6000);
        assertThat(LendingTerms.COMET.repayableUsd(1, 50_000, 6000, 6000)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, true",
        "999,  5000, false",
        "5000, 999,  false",
        "0,    5,    true",
        "5,    0,    true",
    })
    void shouldLeaveEnoughInAaveOrNothing(double collateral, double debt, boolean allowed) {
        assertThat(LendingTerms.AAVE_V3_3.mayLeave(collateral, debt)).isEqualTo(allowed);
        assertThat(LendingTerms.COMPOUND_V2.mayLeave(collateral, debt)).isTrue();
    }

    @Test
    void shouldSeizeWithTheBonus() {
        LendingSeizure oneThird = Lending.seize(3000, 1, new LendingCollateral(5, 1400, 0.8), 0.05, 0);
        LendingSeizure ofEth = Lending.seize(2.5, 1400, new LendingCollateral(10, 1400, 0.8), 0.05, 0.1);

        assertThat(oneThird.seized()).isCloseTo(2.25, within(1e-15));
        assertThat(oneThird.repaid()).isEqualTo(3000);
        assertThat(ofEth.seized()).isCloseTo(2.5 + 0.125, within(1e-15));
        assertThat(ofEth.protocolFee()).isCloseTo(0.0125, within(1e-15));
    }

    @Test
    void shouldSeizeNoMoreThanThereIs() {
        LendingSeizure seizure = Lending.seize(6000, 1, new LendingCollateral(4, 1400, 0.8), 0.05, 0);

        assertThat(seizure.seized()).isEqualTo(4);
        assertThat(seizure.repaid()).isCloseTo(5600 / 1.05, within(1e-12));
        assertThat(Lending.seize(6000, 1, new LendingCollateral(4, 0, 0.8), 0.05, 0))
                .isEqualTo(new LendingSeizure(0, 4, 0.0));
        assertThat(Lending.seize(0, 1, new LendingCollateral(4, 0, 0.8), 0.05, 0))
                .isEqualTo(new LendingSeizure(0, 0, 0));
    }

    @Test
    void shouldAbsorbAllInComet() {
        List<LendingCollateral> collateral =
                List.of(new LendingCollateral(5, 1400, 0.8), new LendingCollateral(1000, 1, 0.5));

        assertThat(Lending.absorb(collateral, 0.9, 7000)).isCloseTo(200, within(1e-9));
        assertThat(Lending.absorb(collateral, 0.9, 8000)).isCloseTo(-800, within(1e-9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lending.absorb(collateral, 0.9, 6100))
                .withMessageStartingWith("health factor is 1.0");
    }

    @Test
    void shouldGiveTheLeverageOfLoops() {
        assertThat(Lending.loopLeverage(0.7, 6)).isCloseTo(3.05882, within(5e-6));
        assertThat(Lending.loopLeverage(0.75, 500)).isCloseTo(4, within(1e-12));
        assertThat(Lending.loopLeverage(0.75, 0)).isEqualTo(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldHaveHealthFactorOneAtTheLiquidationPriceAndKeepValueInASeizure(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            double quantity = Math.pow(10, -4 + 8 * random.nextDouble());
            double threshold = 0.05 + 0.9 * random.nextDouble();
            double debt = Math.pow(10, -4 + 12 * random.nextDouble());
            double bonus = 0.2 * random.nextDouble();
            double debtPrice = Math.pow(10, -6 + 10 * random.nextDouble());

            double price = Lending.liquidationPrice(quantity, threshold, debt);
            LendingCollateral collateral = new LendingCollateral(quantity, price, threshold);
            LendingSeizure seizure = Lending.seize(debt / debtPrice, debtPrice, collateral, bonus, 0.1);

            assertThat(Lending.healthFactor(List.of(collateral), debt))
                    .describedAs("seed %s, case %s", seed, i)
                    .isCloseTo(1, within(1e-14));
            assertThat(seizure.seized() * price / (seizure.repaid() * debtPrice))
                    .describedAs("seed %s, case %s", seed, i)
                    .isCloseTo(1 + bonus, within(1e-13));
            assertThat(seizure.seized()).isLessThanOrEqualTo(quantity);
            assertThat(seizure.protocolFee() / seizure.seized())
                    .describedAs("seed %s, case %s", seed, i)
                    .isCloseTo(0.1 * bonus / (1 + bonus), within(1e-14));
        }
    }

    @Test
    void shouldRefuseWhatIsNoAccount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LendingCollateral(Double.NaN, 1, 0.5))
                .withMessage("quantity of collateral is NaN, allowed is 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LendingCollateral(1, -2, 0.5))
                .withMessage("price of collateral is -2.0, allowed is 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LendingCollateral(1, 2, 8000))
                .withMessage("liquidation threshold is 8000.0, allowed is 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lending.healthFactor(List.of(), -1))
                .withMessage("debt is -1.0, allowed is 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lending.isLiquidatable(Double.NaN))
                .withMessage("health factor is NaN, allowed is 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lending.loopLeverage(1, 2))
                .withMessage("loan to value is 1.0, allowed is 0 to less than 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LendingTerms(0, true, 0, 0, 0))
                .withMessage("close factor is 0.0, allowed is more than 0 and up to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LendingTerms.AAVE_V3_3.repayableUsd(0.9, 1, 5, 4))
                .withMessage("total debt is 4.0, allowed is the debt that is repaid, 5.0, or more");
    }
}
