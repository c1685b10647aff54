package io.plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeverageEffectTest {

    private static final long HOUR_MS = 3_600_000;

    @Test
    void shouldFindThatFallsAreFollowedByLargerSwings() {
        LeverageEffect effect = effect(prices(5, 721, -0.9));

        assertThat(effect.correlation()).isNegative();
        assertThat(effect.high()).isNegative();
        assertThat(effect.moment()).isNegative();
        assertThat(effect.pairs()).isEqualTo(719);
    }

    @Test
    void shouldFindNothingWhereThereIsNothingNineteenTimesInTwenty() {
        int found = 0;
        for (int run = 0; run < 200; run++) {
            LeverageEffect effect = effect(prices(run, 721, 0));
            if (effect.low() > 0 || effect.high() < 0) {
                found++;
            }
            assertThat(effect.low()).isLessThan(effect.correlation());
            assertThat(effect.high()).isGreaterThan(effect.correlation());
        }

        assertThat(found).describedAs("of 200, of which 10 are to be expected").isBetween(2, 24);
    }

    @Test
    void shouldBeTheCorrelationOfPlaces() {
        // With no two values alike Spearman's is 1 - 6 sum d^2 / (n (n^2 - 1)), places counted one by one.
        double[] prices = prices(11, 202, -0.3);
        double[] returns = new double[prices.length - 1];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = Math.log(prices[i + 1] / prices[i]);
        }
        int pairs = returns.length - 1;
        double squares = 0;
        for (int i = 0; i < pairs; i++) {
            int ofMove = 0;
            int ofSwing = 0;
            for (int j = 0; j < pairs; j++) {
                ofMove += returns[j] < returns[i] ? 1 : 0;
                ofSwing += Math.abs(returns[j + 1]) < Math.abs(returns[i + 1]) ? 1 : 0;
            }
            squares += (ofMove - ofSwing) * (double) (ofMove - ofSwing);
        }
        double spearman = 1 - 6 * squares / (pairs * ((double) pairs * pairs - 1));

        double ofBoth = 0;
        double ofMoves = 0;
        for (int i = 0; i < pairs; i++) {
            ofBoth += returns[i] * Math.pow(returns[i + 1], 2) / pairs;
            ofMoves += Math.pow(returns[i], 2) / pairs;
        }
        // Fisher's interval of places: atanh(correlation) has a deviation of 1.03 / sqrt(n - 3).
        double reach = 1.96 * 1.03 / Math.sqrt(pairs - 3);

        LeverageEffect effect = effect(prices);

        assertThat(effect.correlation()).isCloseTo(spearman, within(1e-9));
        assertThat(effect.moment()).isCloseTo(ofBoth / (ofMoves * ofMoves), within(1e-9 / ofMoves));
        assertThat(atanh(effect.high()) - atanh(spearman)).isCloseTo(reach, within(1e-4));
        assertThat(atanh(spearman) - atanh(effect.low())).isCloseTo(reach, within(1e-4));
    }

    private static double atanh(double x) {
        return Math.log((1 + x) / (1 - x)) / 2;
    }

    @Test
    void shouldSayNothingOfTooFewPairsOrOfNoMoves() {
        double[] still = new double[200];
        Arrays.fill(still, 100);

        assertThat(LeverageEffect.of(ReturnSeries.of(prices(1, 101, 0), HOUR_MS)))
                .isNull();
        assertThat(LeverageEffect.of(ReturnSeries.of(prices(1, 102, 0), HOUR_MS)))
                .isNotNull();
        assertThat(LeverageEffect.of(ReturnSeries.of(still, HOUR_MS))).isNull();
    }

    private static LeverageEffect effect(double[] prices) {
        return Objects.requireNonNull(LeverageEffect.of(ReturnSeries.of(prices, HOUR_MS)));
    }

    /** A walk whose next deviation is exp(dependence x move in deviations). */
    private static double[] prices(long seed, int points, double dependence) {
        Random random = new Random(seed);
        double[] prices = new double[points];
        prices[0] = 100;
        double deviation = 0.01;
        for (int i = 1; i < points; i++) {
            double move = random.nextGaussian();
            prices[i] = prices[i - 1] * Math.exp(deviation * move);
            deviation = 0.01 * Math.exp(dependence * move / 2);
        }
        return prices;
    }
}
