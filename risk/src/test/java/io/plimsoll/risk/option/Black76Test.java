package io.plimsoll.risk.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class Black76Test {

    private static final double TEXTBOOK = 1e-12;
    /** Of central differences in steps of 1e-5 of the variable. */
    private static final double DIFFERENCES = 2e-6;
    /** Of 4,000 Simpson steps over ten deviations to each side. */
    private static final double INTEGRATION = 1e-9;

    private static final int CASES = 500;

    @Test
    void shouldValueAnOptionAtTheMoney() {
        Greeks call = Black76.greeks(OptionRight.CALL, 100, 100, 1, 0.2);

        assertThat(call.value()).isCloseTo(7.965567455405804, within(TEXTBOOK));
        assertThat(call.delta()).isCloseTo(0.539827837277029, within(TEXTBOOK));
        assertThat(call.gamma()).isCloseTo(0.019847627373850588, within(TEXTBOOK));
        assertThat(call.vega()).isCloseTo(39.695254747701176, within(TEXTBOOK * 100));
    }

    @Test
    void shouldValueAnyOptionAsTheMeanOfWhatItPays() {
        Random random = new Random(11);
        for (int i = 0; i < CASES; i++) {
            Option option = Option.random(random);

            assertThat(option.greeks().value())
                    .describedAs("case %s: %s", i, option)
                    .isCloseTo(option.meanPayoff(), within(INTEGRATION * option.forward));
        }
    }

    @Test
    void shouldDifferentiateValueByForwardAndVolatility() {
        Random random = new Random(12);
        for (int i = 0; i < CASES; i++) {
            Option it = Option.random(random);
            Greeks greeks = it.greeks();
            String name = "case " + i + ": " + it;

            assertThat(greeks.delta())
                    .describedAs(name)
                    .isCloseTo(slope(f -> it.withForward(f).greeks().value(), it.forward), within(DIFFERENCES));
            assertThat(greeks.gamma() * it.forward)
                    .describedAs(name)
                    .isCloseTo(
                            slope(f -> it.withForward(f).greeks().delta(), it.forward) * it.forward,
                            within(DIFFERENCES * 100));
            assertThat(greeks.vega() / it.forward)
                    .describedAs(name)
                    .isCloseTo(
                            slope(v -> it.withVolatility(v).greeks().value(), it.volatility) / it.forward,
                            within(DIFFERENCES));
            assertThat(greeks.vanna())
                    .describedAs(name)
                    .isCloseTo(
                            slope(v -> it.withVolatility(v).greeks().delta(), it.volatility),
                            within(DIFFERENCES * 100));
            assertThat(greeks.volga() / it.forward)
                    .describedAs(name)
                    .isCloseTo(
                            slope(v -> it.withVolatility(v).greeks().vega(), it.volatility) / it.forward,
                            within(DIFFERENCES * 100));
        }
    }

    @Test
    void shouldHoldPutCallParity() {
        Greeks call = Black76.greeks(OptionRight.CALL, 61_000, 70_000, 0.25, 0.55);
        Greeks put = Black76.greeks(OptionRight.PUT, 61_000, 70_000, 0.25, 0.55);

        assertThat(call.value() - put.value()).isCloseTo(-9_000, within(1e-9));
        assertThat(call.delta() - put.delta()).isCloseTo(1, within(1e-15));
        assertThat(call.gamma()).isEqualTo(put.gamma());
        assertThat(call.vega()).isEqualTo(put.vega());
        assertThat(call.vanna()).isEqualTo(put.vanna());
    }

    @Test
    void shouldBeWorthItsExerciseWhereNothingCanChangeAnyMore() {
        assertThat(Black76.greeks(OptionRight.CALL, 110, 100, 0, 0.5)).isEqualTo(new Greeks(10, 1, 0, 0, 0, 0));
        assertThat(Black76.greeks(OptionRight.PUT, 110, 100, 0, 0.5)).isEqualTo(new Greeks(0, 0, 0, 0, 0, 0));
        assertThat(Black76.greeks(OptionRight.PUT, 90, 100, 1, 0)).isEqualTo(new Greeks(10, -1, 0, 0, 0, 0));
    }

    @Test
    void shouldStayFiniteFarFromTheMoney() {
        Greeks far = Black76.greeks(OptionRight.PUT, 1e6, 1, 1e-4, 0.1);

        assertThat(far.value()).isZero();
        assertThat(far.gamma()).isZero();
        assertThat(far.vanna()).isZero();
        assertThat(far.volga()).isZero();
    }

    @Test
    void shouldRefuseWhatNoOptionIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Black76.greeks(OptionRight.CALL, 0, 1, 1, 1))
                .withMessage("forward is 0.0, allowed is a finite number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Black76.greeks(OptionRight.CALL, 1, Double.NaN, 1, 1))
                .withMessage("strike is NaN, allowed is a finite number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Black76.greeks(OptionRight.CALL, 1, 1, -1, 1))
                .withMessage("years is -1.0, allowed is a finite number of 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Black76.greeks(OptionRight.CALL, 1, 1, 1, -0.1))
                .withMessage("volatility is -0.1, allowed is a finite number of 0 or more");
    }

    private static double slope(DoubleUnaryOperator function, double at) {
        double step = at * 1e-5;
        return (function.applyAsDouble(at + step) - function.applyAsDouble(at - step)) / (2 * step);
    }

    private record Option(OptionRight right, double forward, double strike, double years, double volatility) {

        static Option random(Random random) {
            double forward = Math.exp(12 * random.nextDouble());
            return new Option(
                    OptionRight.values()[random.nextInt(2)],
                    forward,
                    forward * Math.exp(random.nextGaussian() / 3),
                    0.02 + random.nextDouble(),
                    0.2 + random.nextDouble());
        }

        Option withForward(double other) {
            return new Option(right, other, strike, years, volatility);
        }

        Option withVolatility(double other) {
            return new Option(right, forward, strike, years, other);
        }

        Greeks greeks() {
            return Black76.greeks(right, forward, strike, years, volatility);
        }

        /** Simpson's rule over the lognormal price, from the kink to ten deviations away. */
        double meanPayoff() {
            double deviation = volatility * Math.sqrt(years);
            double kink = Math.log(strike / forward) / deviation + deviation / 2;
            boolean call = right == OptionRight.CALL;
            double from = call ? Math.max(-10, Math.min(10, kink)) : -10;
            double to = call ? 10 + deviation : Math.max(-10, Math.min(10, kink));
            int steps = 4_000;
            double width = (to - from) / steps;
            double sum = 0;
            for (int i = 0; i <= steps; i++) {
                double z = from + i * width;
                double price = forward * Math.exp(deviation * z - deviation * deviation / 2);
                double pays = Math.max(0, call ? price - strike : strike - price);
                int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * pays * Math.exp(-z * z / 2);
            }
            return sum * width / 3 / Math.sqrt(2 * Math.PI);
        }
    }
}
