package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad debt at the landing price, and the shock from which a fund does not pay for it. */
class BadDebtCurveTest {

    private static final double SPOT = Math.log(100);

    @Test
    void shouldOweWhatLiesBeyondBankruptcy() {
        BadDebtCurve curve = falls(Settlement.LINEAR, new double[] {95, 90, 80}, new long[] {10, 20, 30});

        assertThat(curve.at(SPOT)).isZero();
        assertThat(curve.at(Math.log(95))).isZero();
        assertThat(curve.at(Math.log(92))).isCloseTo(30, within(1e-9));
        assertThat(curve.at(Math.log(85))).isCloseTo(10 * 10 + 20 * 5, within(1e-9));
        assertThat(curve.at(Math.log(75))).isCloseTo(10 * 20 + 20 * 15 + 30 * 5, within(1e-9));
        // At a price of nothing all that was bought is lost.
        assertThat(curve.at(Double.NEGATIVE_INFINITY)).isCloseTo(950 + 1800 + 2400, within(1e-9));
    }

    @Test
    void shouldOweCoinsForInverseContracts() {
        BadDebtCurve curve = falls(Settlement.INVERSE, new double[] {80}, new long[] {1000});

        assertThat(curve.at(Math.log(50))).isCloseTo(1000 / 50.0 - 1000 / 80.0, within(1e-9));
        assertThat(curve.at(Double.NEGATIVE_INFINITY)).isInfinite();
    }

    @Test
    void shouldOweForShortsWhenPricesRise() {
        TriggerLadder shorts =
                TriggerLadder.exact(Direction.RISE, new double[] {-Math.log(110), -Math.log(120)}, new long[] {5, 7});
        BadDebtCurve linear = BadDebtCurve.of(shorts, Reading.PESSIMISTIC, 1, Settlement.LINEAR, -SPOT);
        BadDebtCurve inverse = BadDebtCurve.of(shorts, Reading.PESSIMISTIC, 1, Settlement.INVERSE, -SPOT);

        assertThat(linear.at(-Math.log(125))).isCloseTo(5 * 15 + 7 * 5, within(1e-9));
        assertThat(inverse.at(-Math.log(125)))
                .isCloseTo(5 * (1 / 110.0 - 1 / 125.0) + 7 * (1 / 120.0 - 1 / 125.0), within(1e-12));
        assertThat(linear.at(Double.NEGATIVE_INFINITY)).isInfinite();
        assertThat(inverse.at(Double.NEGATIVE_INFINITY)).isCloseTo(5 / 110.0 + 7 / 120.0, within(1e-12));
    }

    @Test
    void shouldFindTheLandingThatExceedsAnAmount() {
        BadDebtCurve curve = falls(Settlement.LINEAR, new double[] {95, 90, 80}, new long[] {10, 20, 30});

        assertThat(Math.exp(curve.landingBeyond(0))).isCloseTo(95, within(1e-9));
        assertThat(Math.exp(curve.landingBeyond(30))).isCloseTo(92, within(1e-9));
        assertThat(Math.exp(curve.landingBeyond(200))).isCloseTo(85, within(1e-9));
        assertThat(Math.exp(curve.landingBeyond(650))).isCloseTo(75, within(1e-9));
        assertThat(curve.landingBeyond(5150)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(falls(Settlement.LINEAR, new double[0], new long[0]).landingBeyond(0))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void shouldPayFeesIntoTheFund() {
        TriggerLadder liquidations =
                TriggerLadder.exact(Direction.FALL, new double[] {Math.log(97), Math.log(92)}, new long[] {10, 20});
        CascadeCurve curve = Sweep.over(liquidations, Reading.PESSIMISTIC, 1, new LinearImpact(0), SPOT);
        BadDebtCurve owed = falls(Settlement.LINEAR, new double[] {95, 90}, new long[] {10, 20});
        Fees fees = Fees.ofRate(liquidations, Reading.PESSIMISTIC, 1, Settlement.LINEAR, 0.01, SPOT);

        assertThat(fees.collected(1)).isCloseTo(9.7, within(1e-9));
        assertThat(fees.collected(2)).isCloseTo(9.7 + 18.4, within(1e-9));
        Rest rest = curve.rest(Math.log(89));
        assertThat(owed.fundAfter(rest, 50, fees)).isCloseTo(50 + 28.1 - 60 - 20, within(1e-9));
        assertThat(owed.fundAfter(rest, 50, Fees.NONE)).isCloseTo(50 - 80, within(1e-9));
        // Without fees 20 are owed at 93; with the first fee 29.7 at 92.03, where the second is not yet paid.
        assertThat(Math.exp(SPOT - owed.shockBeyond(curve, 20, Fees.NONE))).isCloseTo(93, within(1e-9));
        assertThat(Math.exp(SPOT - owed.shockBeyond(curve, 20, fees))).isCloseTo(92.03, within(1e-9));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4601, 4602})
    void shouldFindTheSmallestShockThatAFundDoesNotSurvive(long seed) {
        Random random = new Random(seed);
        int found = 0;
        int never = 0;
        for (int n = 0; n < 500; n++) {
            RandomMarket market =
                    new RandomMarket(random, n % RandomMarket.SHAPES, n / RandomMarket.SHAPES % RandomMarket.LAWS);
            Settlement settlement = random.nextBoolean() ? Settlement.LINEAR : Settlement.INVERSE;
            String name = "seed " + seed + ", market " + n;
            double spot = market.direction.coordinate(market.spot);
            TriggerLadder ladder = market.exactLadder();
            CascadeCurve curve = Sweep.over(ladder, Reading.PESSIMISTIC, market.lotSize, market.impact, spot);
            BadDebtCurve owed =
                    BadDebtCurve.of(market.exactBankruptcies(), Reading.PESSIMISTIC, market.lotSize, settlement, spot);
            Fees fees = n % 2 == 0
                    ? Fees.NONE
                    : Fees.ofRate(ladder, Reading.PESSIMISTIC, market.lotSize, settlement, 0.02, spot);
            double worst = owed.at(Double.NEGATIVE_INFINITY);
            double fund =
                    n % 3 == 0 && !Double.isInfinite(worst) ? 1.01 * worst : owed.at(spot - 0.2) * random.nextDouble();

            Double shock = owed.shockBeyond(curve, fund, fees);

            double reach = shock == null ? 40 : shock;
            // Every smaller shock is survived, so far as a fine comb tells.
            for (int i = 0; i < 200 && reach > 0; i++) {
                double smaller = reach * i / 200 * (1 - 1e-9);
                assertThat(owed.fundAfter(curve.rest(spot - smaller), fund, fees))
                        .describedAs(name + ", smaller shock " + smaller)
                        .isGreaterThanOrEqualTo(-1e-9 * Math.max(fund, 1e-3));
            }
            if (shock != null) {
                double beyond = spot - shock - 1e-9;
                assertThat(owed.fundAfter(curve.rest(beyond), fund, fees))
                        .describedAs(name + ", beyond " + shock)
                        .isNegative();
                found++;
            } else {
                never++;
            }
        }
        assertThat(found).isGreaterThan(200);
        assertThat(never).isGreaterThan(20);
    }

    private static BadDebtCurve falls(Settlement settlement, double[] prices, long[] lots) {
        double[] levels = new double[prices.length];
        for (int i = 0; i < prices.length; i++) {
            levels[i] = Direction.FALL.coordinate(prices[i]);
        }
        TriggerLadder longs = TriggerLadder.exact(Direction.FALL, levels, lots);
        return BadDebtCurve.of(longs, Reading.PESSIMISTIC, 1, settlement, SPOT);
    }
}
