package io.plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RealisedVolatilityTest {

    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    private static final double A_YEAR_OF_MINUTES = 365 * 24 * 60;

    @Test
    void shouldAnnualiseWhatIsSeen() {
        RealisedVolatility volatility = volatility(swinging(61, 0.001));

        assertThat(volatility.annual()).isCloseTo(0.001 * Math.sqrt(A_YEAR_OF_MINUTES), within(1e-12));
        assertThat(volatility.daily()).isCloseTo(0.001 * Math.sqrt(24 * 60), within(1e-12));
        assertThat(volatility.returns()).isEqualTo(60);
        assertThat(volatility.spanMs()).isEqualTo(60 * MINUTE_MS);
    }

    @Test
    void shouldTellAJumpFromSwings() {
        double[] prices = randomWalk(1_441, 0.001);
        RealisedVolatility calm = volatility(prices);
        for (int i = 700; i < prices.length; i++) {
            prices[i] *= 0.95;
        }
        RealisedVolatility jumped = volatility(prices);

        // 1,440 swings of 0.001 have a variance of 0.00144, the jump of ln 0.95 adds 0.00263.
        assertThat(jumped.jumpShare()).isCloseTo(0.646, within(0.05));
        assertThat(calm.jumpShare()).isLessThan(0.1);
        assertThat(jumped.continuousAnnual()).isCloseTo(calm.annual(), within(0.1 * calm.annual()));
        assertThat(jumped.annual()).isGreaterThan(1.5 * calm.annual());
    }

    @Test
    void shouldNotTakeAGapForAJump() {
        double[] prices = randomWalk(1_441, 0.001);
        double whole = volatility(prices).annual();
        Arrays.fill(prices, 300, 900, Double.NaN);

        RealisedVolatility gap = volatility(prices);

        assertThat(gap.spanMs()).isEqualTo(1_440 * MINUTE_MS);
        assertThat(gap.returns()).isEqualTo(840);
        assertThat(gap.annual()).isCloseTo(whole, within(0.2 * whole));
        assertThat(gap.continuousAnnual()).isCloseTo(whole, within(0.1 * whole));
    }

    @Test
    void shouldBeTheSumOfSquaresAndOfNeighboursProductsWhateverIsLeftOut() {
        Random random = new Random(7);
        for (int run = 0; run < 50; run++) {
            double[] prices = randomWalk(200, 0.01);
            for (int i = 0; i < prices.length; i++) {
                prices[i] = random.nextInt(4) == 0 ? Double.NaN : prices[i];
            }
            double[] known = Arrays.stream(prices).filter(price -> price > 0).toArray();
            double squares = 0;
            for (int i = 1; i < known.length; i++) {
                squares += Math.pow(Math.log(known[i]) - Math.log(known[i - 1]), 2);
            }
            double products = 0;
            int neighbours = 0;
            for (int i = 2; i < prices.length; i++) {
                double product =
                        Math.abs(Math.log(prices[i] / prices[i - 1]) * Math.log(prices[i - 1] / prices[i - 2]));
                products += Double.isNaN(product) ? 0 : product;
                neighbours += Double.isNaN(product) ? 0 : 1;
            }
            RealisedVolatility volatility = volatility(prices);
            double annual = volatility.annual();
            double smooth = Math.sqrt(Math.PI / 2 * products / neighbours * A_YEAR_OF_MINUTES);

            assertThat(volatility.continuousAnnual()).isCloseTo(Math.min(annual, smooth), within(1e-9));
            assertThat(volatility.jumpShare()).isCloseTo(Math.max(0, 1 - Math.pow(smooth / annual, 2)), within(1e-9));
            assertThat(annual)
                    .isCloseTo(Math.sqrt(squares * A_YEAR_OF_MINUTES * MINUTE_MS / volatility.spanMs()), within(1e-9));
        }
    }

    @Test
    void shouldSayNothingOfNineReturns() {
        assertThat(RealisedVolatility.of(ReturnSeries.of(swinging(10, 0.001), MINUTE_MS)))
                .isNull();
        assertThat(RealisedVolatility.of(ReturnSeries.of(new double[0], MINUTE_MS)))
                .isNull();
    }

    @Test
    void shouldBeZeroWherePricesStandStill() {
        double[] prices = new double[61];
        Arrays.fill(prices, 100);

        assertThat(volatility(prices).annual()).isZero();
        assertThat(volatility(prices).jumpShare()).isZero();
    }

    private static RealisedVolatility volatility(double[] prices) {
        return Objects.requireNonNull(RealisedVolatility.of(ReturnSeries.of(prices, MINUTE_MS)));
    }

    private static double[] swinging(int points, double swing) {
        double[] prices = new double[points];
        for (int i = 0; i < points; i++) {
            prices[i] = i % 2 == 0 ? 100 : 100 * Math.exp(swing);
        }
        return prices;
    }

    private static double[] randomWalk(int points, double swing) {
        Random random = new Random(42);
        double[] prices = new double[points];
        prices[0] = 100;
        for (int i = 1; i < points; i++) {
            prices[i] = prices[i - 1] * Math.exp(swing * random.nextGaussian());
        }
        return prices;
    }
}
