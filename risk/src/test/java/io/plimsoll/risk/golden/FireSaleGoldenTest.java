package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.cascade.ExponentialImpact;
import org.junit.jupiter.api.Test;

/**
 * Cont and Schaanning, "Fire sales, indirect contagion and systemic stress testing" (2017): two banks with one common
 * asset, the figures of the FinNetValu package's example. Banks sell when assets over equity exceed 33.3, down to 95 % of
 * it; the impact is the exponential one with floor.
 */
class FireSaleGoldenTest {

    private static final double LARGEST_LEVERAGE = 33.3;
    private static final double TARGET_LEVERAGE = 0.95 * LARGEST_LEVERAGE;
    private static final double FLOOR = 0.5;
    private static final double HALF_OF_FIFTH_DIGIT = 5e-6;
    private static final double HALF_OF_FOURTH_DIGIT = 5e-5;

    private static final ExponentialImpact AT_START = ExponentialImpact.ofDailyFigures(0.4, 50, 0.02, 20, FLOOR);

    /** The two banks; each call of sell is a round. */
    private static final class Banks {
        final double[] marketable = {90, 70};
        final double[] illiquid = {10, 20};
        final double[] equity = {4, 4.5};
        final double[] sold = new double[2];
        final double[] loss = new double[2];
        final double duringSale;
        double price = 1;
        double volume;
        double fraction;

        Banks(double shockOfFirst, double duringSale) {
            this.duringSale = duringSale;
            equity[0] -= illiquid[0] * shockOfFirst;
            illiquid[0] *= 1 - shockOfFirst;
        }

        void sell() {
            volume = 0;
            for (int i = 0; i < 2; i++) {
                double assets = marketable[i] + illiquid[i];
                boolean forced = equity[i] <= 0 || assets > LARGEST_LEVERAGE * equity[i];
                double excess = assets - TARGET_LEVERAGE * Math.max(0, equity[i]);
                sold[i] = forced ? Math.min(1, excess / marketable[i]) : 0;
                volume += sold[i] * marketable[i];
            }
            double move = new ExponentialImpact(AT_START.scale(), FLOOR / price).move(volume);
            fraction = 1 - Math.exp(-move);
            price *= Math.exp(-move);
            for (int i = 0; i < 2; i++) {
                loss[i] = (1 - (1 - duringSale) * sold[i]) * marketable[i] * fraction;
                equity[i] -= loss[i];
                marketable[i] *= (1 - sold[i]) * (1 - fraction);
            }
        }
    }

    @Test
    void shouldHaveTheScaleOfTheDailyFigures() {
        assertThat(AT_START.scale()).isCloseTo(2236.07, within(5e-3));
        assertThat(AT_START.scale() / (1 - FLOOR)).isCloseTo(4472.14, within(5e-3));
        // The first unit moves the price by 1 / D.
        assertThat(AT_START.slope(0)).isCloseTo(1 / 4472.13595499958, within(1e-15));
    }

    @Test
    void shouldFollowTheTwoBanksThroughThreeRounds() {
        Banks banks = new Banks(0.2, 0.5);
        double[] sold = {0.38589, 0.31509, 0.14535};
        double[] prices = {0.99229, 0.98850, 0.98732};
        double[][] equity = {{1.4403, 3.9606}, {1.2638, 3.6953}, {1.2222, 3.6122}};

        for (int round = 0; round < 3; round++) {
            banks.sell();

            assertThat(banks.sold[0]).isCloseTo(sold[round], within(HALF_OF_FIFTH_DIGIT));
            assertThat(banks.sold[1]).isZero();
            assertThat(banks.price).isCloseTo(prices[round], within(HALF_OF_FIFTH_DIGIT));
            assertThat(banks.equity).containsExactly(equity[round], within(HALF_OF_FOURTH_DIGIT));
            if (round == 0) {
                assertThat(banks.volume).isCloseTo(34.73, within(5e-3));
                assertThat(banks.fraction).isCloseTo(0.00770587, within(5e-9));
            }
        }
        banks.sell();
        assertThat(banks.volume).describedAs("fourth round").isZero();
    }

    @Test
    void shouldPassTheLossOfAnInsolventBankOn() {
        Banks banks = new Banks(0.45, 1);

        banks.sell();

        assertThat(banks.sold[0]).isEqualTo(1);
        // 70 * 0.5 * (1 - exp(-90 / 2236.068)); the thesis says about 1.4.
        assertThat(banks.loss[1]).isCloseTo(1.38075, within(HALF_OF_FIFTH_DIGIT));
    }
}
