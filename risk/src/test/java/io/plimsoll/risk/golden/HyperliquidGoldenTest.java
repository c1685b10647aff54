package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.cross;
import static io.plimsoll.risk.Holdings.isolated;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.liquidationPrice;
import static io.plimsoll.risk.Holdings.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.AccountRiskMeasures;
import io.plimsoll.risk.AutoDeleveraging;
import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Funding;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PositionRisk;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hyperliquid: margin tiers, and liquidation prices of real positions and of cases derived from its rules. */
class HyperliquidGoldenTest {

    private static final MarginTable BTC =
            MarginTable.of(List.of(new Tier(0, 0.0125, null, 40.0), new Tier(150e6, 0.025, null, 20.0)));
    private static final MarginTable ETH =
            MarginTable.of(List.of(new Tier(0, 0.02, null, 25.0), new Tier(100e6, 1.0 / 30, null, 15.0)));

    private static final double SIZE = 200e6 / 60_000;

    /** What the venue showed is rounded; so is its collateral. */
    private static final double RELATIVE_ERROR = 3.5e-5;

    @ParameterizedTest(name = "{0} {1} at {2}")
    @CsvSource({
        "ETH,   0.015,   2458.5,  36.864593, 0.01,  0.86915825",
        "BTC,   0.00039, 63287,   24.673292, 0.01,  22.37166537",
        "SOL,   0.33,    145.83,  24.045107, 0.025, 74.83696193",
        "BTC,  -0.00069, 68595,   23.64871,  0.01,  101849.99354283",
        "ETH,  -0.0327,  2552,    20.833393, 0.01,  3157.53150453",
        "BTC,   0.0015,  66930,   20.043862, 0.01,  54108.51043771",
        "SOL,  -0.48,    163.11,  15.650731, 0.025, 190.94213618",
        "DOGE,  360,     0.13284, 15.943218, 0.025, 0.09082388",
        "ETH,   0.0329,  2545.5,  20.909894, 0.01,  1929.23322895",
        "AAPL,  0.5,     250,     25,        0.05,  210.5263157894737",
        "GOOGL,-0.5,     190,     9.5,       0.05,  199.04761904761904",
    })
    void shouldGiveTheVenuesLiquidationPrice(
            String symbol, double size, double entry, double collateral, double rate, double expected) {
        Contract contract = contract(symbol, MarginTable.ofMaxLeverage(1 / (2 * rate)));

        double price = liquidationPrice(isolated(contract, size, entry, collateral));

        assertThat(price).isCloseTo(expected, within(RELATIVE_ERROR * expected));
    }

    @Test
    void shouldGiveOursOfTheOneWhoseCollateralIsRounded() {
        Contract contract = contract("BTC", MarginTable.ofMaxLeverage(50));

        double price = liquidationPrice(isolated(contract, 0.00039, 63_287, 24.673292));

        assertThat(price).isCloseTo(22.3724, within(5e-5));
    }

    @Test
    void shouldTakeTheTierAtTheLiquidationPrice() {
        double price = liquidationPrice(isolated(contract("BTC", BTC), SIZE, 60_000, 12e6));
        double ofFirstTier =
                liquidationPrice(isolated(contract("BTC", MarginTable.ofMaxLeverage(40)), SIZE, 60_000, 12e6));

        assertThat(price).isCloseTo(57_269.2308, within(5e-5));
        assertThat(ofFirstTier).isCloseTo(57_113.92, within(5e-3));
        assertThat(ofFirstTier * SIZE).describedAs("beyond the first tier").isCloseTo(190.4e6, within(0.05e6));
    }

    @Test
    void shouldFallBackIntoTheFirstTierAtALowerLiquidationPrice() {
        double price = liquidationPrice(isolated(contract("BTC", BTC), SIZE, 60_000, 100e6));

        assertThat(price * SIZE).isLessThan(150e6);
        assertThat(price).isCloseTo((60_000 - 100e6 / SIZE) / (1 - 0.0125), within(1e-6));
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
    void shouldDeriveTheDeductionsOfTheSecondTiers() {
        assertThat(BTC.deduction(1)).isEqualTo(1_875_000);
        assertThat(ETH.deduction(1)).isCloseTo(1_333_333.33, within(5e-3));
    }

    @ParameterizedTest
    @CsvSource({"40, 1.25, 5e-13", "3, 16.7, 0.05"})
    void shouldMaintainHalfOfTheInitialMargin(double maxLeverage, double percent, double rounding) {
        double rate = MarginTable.ofMaxLeverage(maxLeverage).maintenance(1);

        assertThat(rate * 100).isCloseTo(percent, within(rounding));
    }

    @ParameterizedTest(name = "ETH at {0}")
    @CsvSource({"3000, 10000, 1350, 51240.5063", "3300, 7000, 1410, 54339.2405"})
    void shouldMoveACrossLineWhenAnotherMarketMoves(
            double ethPrice, double equity, double maintenance, double expected) {
        AccountRiskMeasures account = twoAssets(ethPrice);

        assertThat(account.equityUsd()).isEqualTo(equity);
        assertThat(account.maintenanceUsd()).isEqualTo(maintenance);
        assertThat(line(account, 0)).isCloseTo(expected, within(5e-5));
        assertThat(line(account, 1))
                .describedAs("the line of ETH does not depend on its own price")
                .isCloseTo(3848.0392, within(5e-5));
    }

    @Test
    void shouldMeetMaintenanceAtTheCommonShock() {
        AccountRiskMeasures account = twoAssets(3000);

        Double shock = account.commonShock();

        assertThat(shock).isNotNull();
        assertThat(shock * 100).isCloseTo(-30.1920, within(5e-5));
    }

    @Test
    void shouldRankForAutoDeleveraging() {
        Contract contract = contract("BTC", BTC);
        // One BTC whose account value at 66,000 is 8,000.
        MarginPool pool = pool(List.of(cross(contract, 1, 60_000)), cash("USDC", 2000));

        PositionRisk position =
                measures(pool, PriceBoard.of("BTC", 66_000)).positions().get(0);

        assertThat(position.leverage()).isEqualTo(8.25);
        assertThat(AutoDeleveraging.hyperliquidRank(60_000, 66_000, 66_000, 8000))
                .isCloseTo(9.075, within(1e-12));
    }

    @Test
    void shouldCountHalfOfACoinUnderPortfolioMargin() {
        Balance hype = new Balance("HYPE", "venue:HYPE", 10_000, 0.5, 40);

        double borrowable = pool(List.of(), hype).backing(PriceBoard.of("HYPE", 40));

        assertThat(borrowable).isEqualTo(200_000);
    }

    @Test
    void shouldPayFunding() {
        double premium = Funding.premium(10_100, 10_110, 10_000);
        double rate = Funding.rate(premium, 0.0001, 0.0005);
        double hourly = rate / 8;

        assertThat(premium).isEqualTo(0.01);
        assertThat(rate).isCloseTo(0.0095, within(1e-15));
        assertThat(hourly).isCloseTo(0.0011875, within(1e-15));
        assertThat(Funding.payment(10, 10_000, hourly)).isCloseTo(118.75, within(1e-9));
    }

    @Test
    void shouldLetAPositionKeepItsOwnMaximumLeverage() {
        assertThat(BTC.forPosition(null).maintenance(200e6)).isEqualTo(3_125_000);
        assertThat(BTC.forPosition(40.0).maintenance(200e6)).isEqualTo(3_125_000);
        assertThat(BTC.forPosition(50.0).maintenance(200e6)).isEqualTo(2_000_000);
    }

    /** Equity of 10,000 with 1 BTC long at 60,000 and 10 ETH short at 3,000. */
    private static AccountRiskMeasures twoAssets(double ethPrice) {
        OpenPosition btc = cross(contract("BTC", BTC), 1, 60_000);
        OpenPosition eth = cross(contract("ETH", ETH), -10, 3000);
        MarginPool pool = pool(List.of(btc, eth), cash("USDC", 10_000));
        return measures(pool, PriceBoard.of("BTC", 60_000).with("ETH", ethPrice));
    }

    private static AccountRiskMeasures measures(MarginPool pool, PriceBoard prices) {
        return AccountRiskMeasures.of(List.of(pool), prices, null, 1e-9);
    }

    private static Double line(AccountRiskMeasures account, int position) {
        return account.positions().get(position).liquidationPrice();
    }

    private static Contract contract(String symbol, MarginTable table) {
        return linear(VenueModel.HYPERLIQUID, symbol, table);
    }
}
