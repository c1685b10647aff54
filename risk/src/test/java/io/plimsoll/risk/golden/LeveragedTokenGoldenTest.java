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
}
