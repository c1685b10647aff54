package io.plimsoll.risk;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.cross;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.inverse;
import static io.plimsoll.risk.Holdings.isolated;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountRiskMeasuresTest {

    private static Contract future(String symbol, String underlying, double rate) {
        return new Contract(
                "venue:" + symbol,
                underlying,
                "USDC",
                Shape.LINEAR,
                new LotSize(8, 1),
                Contract.DOLLAR_DECIMALS,
                flat(rate),
                0,
                VenueModel.GENERIC);
    }

    private static AccountRiskMeasures measures(List<MarginPool> pools, PriceBoard prices) {
        return AccountRiskMeasures.of(pools, prices, null, 1e-9);
    }

    @Test
    void shouldNetByUnderlying() {
        MarginPool pool = pool(
                List.of(
                        cross(future("BTC", "BTC", 0.0125), 1, 60_000),
                        cross(future("BTC-Z6", "BTC", 0.0125), -0.5, 60_000),
                        cross(future("ETH", "ETH", 0.02), -10, 3000)),
                cash("USDC", 10_000));
        PriceBoard prices = PriceBoard.of("BTC", 63_000).with("BTC-Z6", 63_000).with("ETH", 2900);

        AccountRiskMeasures account = measures(List.of(pool), prices);

        assertThat(account.equityUsd()).isEqualTo(10_000 + 3000 - 1500 + 1000);
        assertThat(account.marginEquityUsd()).isEqualTo(12_500);
        assertThat(account.maintenanceUsd()).isEqualTo(787.5 + 393.75 + 580);
        assertThat(account.marginRatio()).isCloseTo(0.1409, within(1e-12));
        assertThat(account.grossNotionalUsd()).isEqualTo(63_000 + 31_500 + 29_000);
        assertThat(account.netNotionalUsd()).isEqualTo(31_500 + 29_000);
        assertThat(account.grossLeverage()).isEqualTo(9.88);
        assertThat(account.netLeverage()).isEqualTo(4.84);
        // Apart, the short of 31,500 had to cover its loss of 1,500 by itself.
        assertThat(account.crossEfficiency()).isCloseTo(1761.25 / 3261.25, within(1e-12));
        assertThat(account.positions().get(1).leverage()).isEqualTo(31_500 / 12_500.0);
        assertThat(account.positions().get(1).size()).isEqualTo(-0.5);
        assertThat(account.source()).isEqualTo(NumberSource.COMPUTED);
    }

    @Test
    void shouldFindNoBenefitInIsolatedPositions() {
        List<MarginPool> pools = new MarginAccount(
                        List.of(
                                isolated(linear(VenueModel.GENERIC, "BTC", flat(0.01)), 1, 60_000, 6000),
                                isolated(linear(VenueModel.GENERIC, "ETH", flat(0.01)), -10, 3000, 3000)),
                        List.of(),
                        VenueModel.GENERIC)
                .pools();

        AccountRiskMeasures account =
                measures(pools, PriceBoard.of("BTC", 58_000).with("ETH", 2900));

        assertThat(account.crossEfficiency()).isEqualTo(1);
        assertThat(account.equityUsd()).isEqualTo(9000 - 2000 + 1000);
        assertThat(account.marginRatio()).describedAs("of the nearer pool").isCloseTo(580 / 4000.0, within(1e-12));
    }

    @Test
    void shouldCountCoinPoolsInDollars() {
        MarginPool pool =
                pool(List.of(cross(inverse(VenueModel.DERIBIT, "BTC", flat(0.01)), 60_000, 60_000)), cash("BTC", 1));

        AccountRiskMeasures account = measures(List.of(pool), PriceBoard.of("BTC-USD", 50_000));

        // One coin less a fifth lost; a face value of 60,000 is 1.2 coins now.
        assertThat(account.equityUsd()).isCloseTo(40_000, within(1e-9));
        assertThat(account.grossNotionalUsd()).isCloseTo(60_000, within(1e-9));
        assertThat(account.maintenanceUsd()).isCloseTo(600, within(1e-9));
        assertThat(account.grossLeverage()).isCloseTo(1.5, within(1e-12));
        assertThat(account.positions().get(0).size()).isCloseTo(1.2, within(1e-12));
        assertThat(account.positions().get(0).unrealisedUsd()).isCloseTo(-10_000, within(1e-9));
        assertThat(account.positions().get(0).liquidationPrice()).isCloseTo(60_000 * 1.01 / 2, within(1e-9));
    }

    @Test
    void shouldTakeHaircutsFromWhatCountsAsMargin() {
        Balance coin = new Balance("ETH", "venue:ETH", 2, 0.9, 3000);
        MarginPool pool = pool(
                List.of(cross(linear(VenueModel.GENERIC, "BTC", flat(0.01)), 0.5, 60_000)), cash("USDC", -1000), coin);

        AccountRiskMeasures account =
                measures(List.of(pool), PriceBoard.of("BTC", 58_000).with("ETH", 2500));

        assertThat(account.equityUsd()).isEqualTo(-1000 + 5000 - 1000);
        assertThat(account.marginEquityUsd()).isEqualTo(-1000 + 4500 - 1000);
        assertThat(account.marginRatio()).isCloseTo(290 / 2500.0, within(1e-12));
        // 2,500 - 290 are left: 2,210 / (2 x 0.9) a coin.
        assertThat(account.coins().get(0).liquidationPrice()).isCloseTo(2500 - 2210 / 1.8, within(1e-9));
    }

    @Test
    void shouldGiveNoLeverageWithoutEquity() {
        MarginPool pool =
                pool(List.of(cross(linear(VenueModel.GENERIC, "BTC", flat(0.01)), 1, 60_000)), cash("USDC", 1000));

        AccountRiskMeasures account = measures(List.of(pool), PriceBoard.of("BTC", 58_000));

        assertThat(account.equityUsd()).isEqualTo(-1000);
        assertThat(account.grossLeverage()).isNull();
        assertThat(account.netLeverage()).isNull();
        assertThat(account.marginRatio()).isNull();
        assertThat(account.commonShock()).isEqualTo(0);
    }

    @ParameterizedTest(name = "ETH at {0}")
    @CsvSource({"2000, 0.75, -0.25, 3000", "1490, 1.0067, 0, 3000", "1400, 1.0714, 0, 6000"})
    void shouldMeasureALoan(double price, double ratio, double shock, double forced) {
        Balance eth = new Balance("ETH", "venue:ETH", 5, 0.8, 2000);
        List<MarginPool> pools =
                new MarginAccount(List.of(), List.of(eth, cash("USDC", -6000)), VenueModel.AAVE_V3).pools();

        AccountRiskMeasures account = measures(pools, PriceBoard.of("ETH", price));

        assertThat(account.equityUsd()).isEqualTo(5 * price - 6000);
        assertThat(account.grossNotionalUsd()).isEqualTo(5 * price);
        assertThat(account.marginRatio()).isCloseTo(ratio, within(5e-5));
        assertThat(account.commonShock()).isCloseTo(shock, within(1e-12));
        assertThat(account.crossEfficiency()).isNull();
        assertThat(account.coins().get(0).liquidationPrice()).isCloseTo(1500, within(1e-9));
        assertThat(account.coins().get(0).mode()).isEqualTo(LiquidationMode.CLOSE_FACTOR);
        assertThat(account.coins().get(0).forcedUsd())
                .describedAs("the close factor is a share of the debt")
                .isCloseTo(forced, within(1e-9));
    }

    @Test
    void shouldShareWhatIsRepaidOutAmongCollaterals() {
        Balance eth = new Balance("ETH", "venue:ETH", 5, 0.8, 2000);
        Balance btc = new Balance("BTC", "venue:BTC", 0.5, 0.8, 60_000);
        Balance debt = new Balance("SOL", "venue:SOL", -200, 1, 150);
        List<MarginPool> pools = new MarginAccount(List.of(), List.of(eth, btc, debt), VenueModel.AAVE_V3).pools();

        List<CoinRisk> coins = measures(
                        pools, PriceBoard.of("ETH", 2000).with("BTC", 60_000).with("SOL", 150))
                .coins();

        assertThat(coins.stream().map(CoinRisk::forcedUsd)).containsExactly(3750.0, 11_250.0, 0.0);
    }
}
