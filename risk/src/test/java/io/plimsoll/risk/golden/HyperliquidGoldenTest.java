package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.LinearMargin;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.Tier;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hyperliquid: margin tiers, and liquidation prices of real positions and of cases derived from its rules. */
class HyperliquidGoldenTest {

    private static final MarginTable BTC =
            MarginTable.of(List.of(new Tier(0, 0.0125, null, 40.0), new Tier(150e6, 0.025, null, 20.0)));
    private static final MarginTable ETH =
            MarginTable.of(List.of(new Tier(0, 0.02, null, 25.0), new Tier(100e6, 1.0 / 30, null, 15.0)));

    /** What the venue showed is rounded; so is its collateral. */
    private static final double RELATIVE_ERROR = 3.5e-5;

    @ParameterizedTest(name = "{0} {1} entry {2}")
    @CsvSource({
        "ETH,   LONG,  2458.5,  0.015,   36.864593, 0.01,  0.86915825",
        "BTC,   LONG,  63287,   0.00039, 24.673292, 0.01,  22.37166537",
        "SOL,   LONG,  145.83,  0.33,    24.045107, 0.025, 74.83696193",
        "BTC,   SHORT, 68595,   0.00069, 23.64871,  0.01,  101849.99354283",
        "ETH,   SHORT, 2552,    0.0327,  20.833393, 0.01,  3157.53150453",
        "BTC,   LONG,  66930,   0.0015,  20.043862, 0.01,  54108.51043771",
        "SOL,   SHORT, 163.11,  0.48,    15.650731, 0.025, 190.94213618",
        "DOGE,  LONG,  0.13284, 360,     15.943218, 0.025, 0.09082388",
        "ETH,   LONG,  2545.5,  0.0329,  20.909894, 0.01,  1929.23322895",
        "AAPL,  LONG,  250,     0.5,     25,        0.05,  210.5263157894737",
        "GOOGL, SHORT, 190,     0.5,     9.5,       0.05,  199.04761904761904",
    })
    void shouldGiveTheVenuesLiquidationPrice(
            String symbol, Side side, double entry, double size, double collateral, double rate, double expected) {
        MarginTable table = MarginTable.ofMaxLeverage(1 / (2 * rate));

        double price = LinearMargin.liquidationPrice(side, size, entry, collateral, table);

        assertThat(price).describedAs(symbol).isCloseTo(expected, within(RELATIVE_ERROR * expected));
    }

    @Test
    void shouldTakeTheTierAtTheLiquidationPrice() {
        double size = 200e6 / 60_000;

        double price = LinearMargin.liquidationPrice(Side.LONG, size, 60_000, 12e6, BTC);
        double ofFirstTier =
                LinearMargin.liquidationPrice(Side.LONG, size, 60_000, 12e6, MarginTable.ofMaxLeverage(40));

        assertThat(price).isCloseTo(57_269.2308, within(5e-5));
        assertThat(ofFirstTier).isCloseTo(57_113.92, within(5e-3));
        assertThat(ofFirstTier * size).describedAs("beyond the first tier").isGreaterThan(150e6);
    }

    @Test
    void shouldFallBackIntoTheFirstTierAtALowerLiquidationPrice() {
        double size = 200e6 / 60_000;

        double price = LinearMargin.liquidationPrice(Side.LONG, size, 60_000, 100e6, BTC);

        assertThat(price * size).isLessThan(150e6);
        assertThat(price).isCloseTo((60_000 - 100e6 / size) / (1 - 0.0125), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "200000000, 3125000",
        "150000000, 1875000",
        "149999999, 1874999.9875",
        "80000000, 1000000",
        "0, 0",
    })
    void shouldDeductSoThatMaintenanceIsContinuous(double notional, double expected) {
        assertThat(BTC.maintenance(notional)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void shouldDeriveTheDeductionOfTheSecondTier() {
        double deduction = 150e6 / 30 - ETH.maintenance(150e6);

        assertThat(deduction).isCloseTo(1_333_333.33, within(5e-3));
    }

    @Test
    void shouldMoveACrossLineWhenAnotherMarketMoves() {
        MarginTable eth = MarginTable.ofMaxLeverage(25);
        MarginTable btc = MarginTable.ofMaxLeverage(40);
        // Equity of 10,000 with 1 BTC long at 60,000 and 10 ETH short at 3,000.
        double ethMargin = eth.maintenance(30_000);
        double btcMargin = btc.maintenance(60_000);
        double ethMarginAfter = eth.maintenance(33_000);

        double btcLine = LinearMargin.liquidationPrice(Side.LONG, 1, 60_000, 10_000 - ethMargin, btc);
        double ethLine = LinearMargin.liquidationPrice(Side.SHORT, 10, 3000, 10_000 - btcMargin, eth);
        double btcLineAfter = LinearMargin.liquidationPrice(Side.LONG, 1, 60_000, 10_000 - 3000 - ethMarginAfter, btc);

        assertThat(ethMargin + btcMargin).isEqualTo(1350);
        assertThat(btcLine).isCloseTo(51_240.5063, within(5e-5));
        assertThat(ethLine).isCloseTo(3848.0392, within(5e-5));
        assertThat(btcLineAfter).isCloseTo(54_339.2405, within(5e-5));
    }

    @Test
    void shouldMeetMaintenanceAtTheCommonShock() {
        double shock = -0.301920;

        double equity = 10_000 + 60_000 * shock - 30_000 * shock;
        double maintenance = MarginTable.ofMaxLeverage(40).maintenance(60_000 * (1 + shock))
                + MarginTable.ofMaxLeverage(25).maintenance(30_000 * (1 + shock));

        // Six digits of the shock leave 5e-7 x 28,650 dollars.
        assertThat(equity).isCloseTo(maintenance, within(0.015));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldHaveEquityEqualToMaintenanceAtTheLineWhateverTheMark(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Side side = random.nextBoolean() ? Side.LONG : Side.SHORT;
            double entry = 60_000 * (0.5 + random.nextDouble());
            double size = Math.pow(10, -3 + 7 * random.nextDouble());
            double cash = entry * size * (1.2 * random.nextDouble() - 0.1);
            double mark = entry * (0.8 + 0.4 * random.nextDouble());
            double restatedCash = cash + side.sign() * size * (mark - entry);

            double line = LinearMargin.liquidationPrice(side, size, entry, cash, BTC);
            double restated = LinearMargin.liquidationPrice(side, size, mark, restatedCash, BTC);

            if (Double.isNaN(line)) {
                assertThat(restated).describedAs("seed %s, case %s", seed, i).isNaN();
            } else {
                double equity = cash + side.sign() * size * (line - entry);
                double scale = size * (entry + line);
                assertThat(equity)
                        .describedAs("seed %s, case %s", seed, i)
                        .isCloseTo(BTC.maintenance(size * line), within(1e-12 * scale));
                assertThat(restated).isCloseTo(line, within(1e-11 * (entry + line)));
            }
        }
    }

    @Test
    void shouldNeverLiquidateALongThatIsPaidInFull() {
        MarginTable table = MarginTable.ofMaxLeverage(40);

        assertThat(LinearMargin.liquidationPrice(Side.LONG, 2, 100, 200.01, table))
                .isNaN();
        assertThat(LinearMargin.bankruptcyPrice(Side.LONG, 2, 100, 200)).isNaN();
        assertThat(LinearMargin.bankruptcyPrice(Side.LONG, 2, 100, 150)).isEqualTo(25);
        assertThat(LinearMargin.bankruptcyPrice(Side.SHORT, 2, 100, 150)).isEqualTo(175);
    }

    @Test
    void shouldPutAShortThatIsPastAnyPriceAtTheLowest() {
        MarginTable table = MarginTable.ofMaxLeverage(40);

        assertThat(LinearMargin.liquidationPrice(Side.SHORT, 2, 100, -300, table))
                .isEqualTo(LinearMargin.LOWEST_PRICE);
        assertThat(LinearMargin.bankruptcyPrice(Side.SHORT, 2, 100, -300)).isEqualTo(LinearMargin.LOWEST_PRICE);
    }

    @Test
    void shouldLetAPositionKeepItsOwnMaximumLeverage() {
        assertThat(BTC.forPosition(null).maintenance(200e6)).isEqualTo(3_125_000);
        assertThat(BTC.forPosition(40.0).maintenance(200e6)).isEqualTo(3_125_000);
        assertThat(BTC.forPosition(50.0).maintenance(200e6)).isEqualTo(2_000_000);
    }
}
