package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.cascade.LeveragedToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leveraged tokens: examples of the help pages of Poloniex and FTX. */
class LeveragedTokenGoldenTest {

    private static final double HALF_OF_THIRD_DIGIT = 5e-4;

    @Test
    void shouldBuyAfterARise() {
        assertThat(LeveragedToken.rebalanceFlow(3, 200, 0.05)).isCloseTo(60, within(1e-12));
        assertThat(LeveragedToken.rebalanceFlow(3, 1e9, 0.05)).isCloseTo(300e6, within(1e-6));
    }

    @Test
    void shouldTradeWithTheMoveThoughItIsShort() {
        assertThat(LeveragedToken.rebalanceFlow(-3, 100, 0.01)).isCloseTo(12, within(1e-12));
        assertThat(LeveragedToken.rebalanceFlow(-3, 100, -0.01)).isCloseTo(-12, within(1e-12));
    }

    @Test
    void shouldTradeInMillionsWhatItsFactorSays() {
        assertThat(LeveragedToken.rebalanceFlow(3, 100e6, 0.05)).isCloseTo(30e6, within(1e-6));
        assertThat(LeveragedToken.rebalanceFlow(-3, 100e6, 0.05)).isCloseTo(60e6, within(1e-6));
        assertThat(LeveragedToken.rebalanceFlow(-2, 1, 1)).isEqualTo(6);
        assertThat(LeveragedToken.rebalanceFlow(2, 1, 1)).isEqualTo(2);
    }

    @Test
    void shouldSeeTheLeverageFallWhenThePriceRises() {
        double leverage = LeveragedToken.leverageAfter(3, 0.05);

        assertThat(leverage).isCloseTo(2.739, within(HALF_OF_THIRD_DIGIT));
        // The same token: 150 ETH at 210, 20,000 owed.
        assertThat(leverage).isCloseTo(150 * 210.0 / (150 * 210.0 - 20_000), within(1e-12));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({"10000, 11000, 10000, -5.4545", "10000, 11000, 12100, 69", "10000, 9500, 9000, -28.42"})
    void shouldDependOnThePath(double first, double second, double third, double percent) {
        double growth = LeveragedToken.growth(3, second / first - 1) * LeveragedToken.growth(3, third / second - 1);

        double digit = percent == -28.42 ? 5e-3 : 5e-5;
        assertThat(100 * (growth - 1)).isCloseTo(percent, within(digit));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"3, 4, -11.111", "-3, -4, 6.667"})
    void shouldKnowTheMoveThatMakesItRebalanceEarly(double leverage, double trigger, double percent) {
        double move = LeveragedToken.moveTo(leverage, trigger);

        assertThat(100 * move).isCloseTo(percent, within(HALF_OF_THIRD_DIGIT));
        assertThat(LeveragedToken.leverageAfter(leverage, move)).isCloseTo(trigger, within(1e-12));
    }

    @Test
    void shouldHaveNothingLeftAfterAMoveOfOneOverItsLeverage() {
        assertThat(LeveragedToken.leverageAfter(4, -0.25)).isNaN();
        assertThat(LeveragedToken.leverageAfter(-2, 0.6)).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> LeveragedToken.moveTo(3, -3));
    }

    @Test
    void shouldDecayOnTheWayToWhereItCameFrom() {
        double thereAndBack = LeveragedToken.growth(2, 0.1) * LeveragedToken.growth(2, 1 / 1.1 - 1);
        double inverse = LeveragedToken.growth(-1, 0.1) * LeveragedToken.growth(-1, 1 / 1.1 - 1);

        assertThat(thereAndBack).isCloseTo(0.981818, within(5e-7));
        assertThat(inverse).isCloseTo(0.981818, within(5e-7));
    }

    @Test
    void shouldDecayWithVariance() {
        double variance = 0.8 * 0.8 * 30 / 365;

        assertThat(LeveragedToken.growthOverTime(3, 1, variance)).isCloseTo(0.85401, within(5e-6));
        assertThat(LeveragedToken.growthOverTime(1, 1.3, variance)).isCloseTo(1.3, within(1e-12));
        // Rebalanced at every step of a path, it comes to the same.
        assertThat(alongAPath(3, 1_000_000, variance)).isCloseTo(0.85401, within(5e-4));
    }

    /** Ups and downs in turn that end where they began. */
    private static double alongAPath(double leverage, int steps, double variance) {
        double step = Math.sqrt(variance / steps);
        double growth = 1;
        for (int i = 0; i < steps; i++) {
            growth *= LeveragedToken.growth(leverage, Math.expm1(i % 2 == 0 ? step : -step));
        }
        return growth;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"3, 30", "-3, 60", "-2, 30", "2, 10"})
    void shouldTradeWithTheMove(double leverage, double millions) {
        assertThat(LeveragedToken.rebalanceFlow(leverage, 100e6, 0.05)).isCloseTo(millions * 1e6, within(1e-6));
    }
}
