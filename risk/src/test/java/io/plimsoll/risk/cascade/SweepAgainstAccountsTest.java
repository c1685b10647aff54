package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sweep against cascades that happen account by account: 1,000 markets with 25 shocks each. */
class SweepAgainstAccountsTest {

    private static final int MARKETS = 250;
    private static final int SHOCKS = 25;

    /** Logarithms of prices up to e^12 against prices. */
    private static final double RELATIVE = 1e-12;

    /** Bad debt is a small difference of large sums. */
    private static final double OF_NOTIONAL = 1e-12;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4001, 4002, 4003, 4004})
    void shouldRestWhereACascadeOfAccountsDoes(long seed) {
        Random random = new Random(seed);
        int moved = 0;
        int exhausted = 0;
        int owing = 0;
        int tips = 0;
        for (int n = 0; n < MARKETS; n++) {
            RandomMarket market =
                    new RandomMarket(random, n % RandomMarket.SHAPES, n / RandomMarket.SHAPES % RandomMarket.LAWS);
            Settlement settlement = random.nextBoolean() ? Settlement.LINEAR : Settlement.INVERSE;
            double spot = market.direction.coordinate(market.spot);
            TriggerLadder ladder = market.exactLadder();
            CascadeCurve curve = Sweep.over(ladder, Reading.PESSIMISTIC, market.lotSize, market.impact, spot);
            BadDebtCurve badDebt =
                    BadDebtCurve.of(market.exactBankruptcies(), Reading.PESSIMISTIC, market.lotSize, settlement, spot);
            tips += curve.tips().size();
            for (int shock = 0; shock < SHOCKS; shock++) {
                String name = "seed " + seed + ", market " + n + ", shock " + shock;
                double exogenous = market.exogenous(shock);

                AccountByAccount happened = AccountByAccount.run(market, exogenous, random);
                Rest rest = curve.rest(Math.min(spot, market.direction.coordinate(exogenous)));

                assertThat(liquidated(ladder, rest)).describedAs(name).isEqualTo(happened.liquidated());
                assertThat(rest.lots()).describedAs(name).isEqualTo(happened.lots());
                double resting = market.direction.price(rest.price());
                if (rest.exhausted()) {
                    assertThat(resting).describedAs(name).isEqualTo(happened.price());
                    assertThat(rest.unfilled())
                            .describedAs(name)
                            .isEqualTo(rest.lots() * market.lotSize - market.impact.capacity());
                } else {
                    assertThat(resting / happened.price()).describedAs(name).isCloseTo(1, within(RELATIVE));
                }
                assertOwed(name, badDebt.at(rest.price()), happened, market, settlement);
                moved += rest.lots() > 0 ? 1 : 0;
                exhausted += rest.exhausted() ? 1 : 0;
                owing += badDebt.at(rest.price()) > 0 ? 1 : 0;
            }
        }
        assertThat(moved).describedAs("shocks that triggered somebody").isGreaterThan(MARKETS * SHOCKS / 3);
        assertThat(exhausted).describedAs("shocks that emptied the book").isGreaterThan(MARKETS * SHOCKS / 50);
        assertThat(owing).describedAs("shocks with bad debt").isGreaterThan(MARKETS * SHOCKS / 4);
        assertThat(tips).describedAs("tipping points").isGreaterThan(MARKETS);
    }

    private static void assertOwed(
            String name, double owed, AccountByAccount happened, RandomMarket market, Settlement settlement) {
        double expected = happened.badDebt(settlement);
        if (Double.isInfinite(expected)) {
            assertThat(owed).describedAs(name).isEqualTo(expected);
            return;
        }
        double last = Double.isInfinite(happened.price()) || happened.price() == 0 ? market.spot : happened.price();
        double dearest =
                settlement == Settlement.LINEAR ? Math.max(market.spot, last) : 1 / Math.min(market.spot, last);
        double notional = happened.lots() * market.lotSize * dearest;
        assertThat(owed).describedAs(name).isCloseTo(expected, within(OF_NOTIONAL * notional));
    }

    private static boolean[] liquidated(TriggerLadder ladder, Rest rest) {
        boolean[] liquidated = new boolean[ladder.size()];
        for (int rung = 0; rung < rest.rungs(); rung++) {
            liquidated[ladder.place(rung)] = true;
        }
        return liquidated;
    }
}
