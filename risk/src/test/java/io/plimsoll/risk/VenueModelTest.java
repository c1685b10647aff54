package io.plimsoll.risk;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.cross;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VenueModelTest {

    @ParameterizedTest(name = "{0}: notional {1}, equity {2}, maintenance {3}, tier {4}")
    @CsvSource({
        "HYPERLIQUID,    100000,   1250,   1250,   0, 0,      WHOLE,         1",
        "HYPERLIQUID,    100000.1, 1250,   1250,   0, 0,      PARTIAL_FIRST, 0.2",
        "HYPERLIQUID,    200000,   1666.7, 2500,   0, 0,      PARTIAL_FIRST, 0.2",
        "HYPERLIQUID,    200000,   1666.6, 2500,   0, 0,      BACKSTOP,      1",
        "HYPERLIQUID,    50000,    -10,    2500,   0, 0,      BACKSTOP,      1",
        "OKX,            250000,   100,    200,    3, 100000, BY_TIERS,      0.6",
        "OKX,            120000,   100,    200,    2, 50000,  BY_TIERS,      0.58333333333",
        "OKX,            80000,    100,    200,    1, 0,      WHOLE,         1",
        "DERIBIT,        80000,    150,    200,    0, 0,      INCREMENTAL,   0.25",
        "DERIBIT,        80000,    -1,     200,    0, 0,      INCREMENTAL,   1",
        "AAVE_V3,        7450,     5960,   6000,   0, 0,      CLOSE_FACTOR,  0.5",
        "AAVE_V3,        7000,     5600,   6000,   0, 0,      CLOSE_FACTOR,  1",
        "AAVE_V3,        1999,     5960,   6000,   0, 0,      CLOSE_FACTOR,  1",
        "AAVE_V3,        2490,     1990,   1999,   0, 0,      CLOSE_FACTOR,  1",
        "COMPOUND_V2,    7000,     5600,   6000,   0, 0,      CLOSE_FACTOR,  0.5",
        "COMPOUND_V3,    7000,     5600,   6000,   0, 0,      WHOLE,         1",
        "BINANCE_USDM,   500000,   100,    200,    3, 0,      WHOLE,         1",
        "DYDX_V4,        500000,   100,    200,    3, 0,      WHOLE,         1",
    })
    void shouldTakeWhatTheVenueTakesFirst(
            VenueModel model,
            double notional,
            double equity,
            double maintenance,
            int tier,
            double ceilingTwoTiersDown,
            LiquidationMode mode,
            double share) {
        VenueModel.ForcedSale sale =
                model.forcedSale(new VenueModel.Shortfall(notional, equity, maintenance, tier, ceilingTwoTiersDown));

        assertThat(sale.mode()).isEqualTo(mode);
        assertThat(sale.share()).isCloseTo(share, within(1e-9));
    }

    @ParameterizedTest(name = "{0} BTC at {1}")
    @CsvSource({
        // At its line its notional is below 100,000, though it is above now.
        "1.7, 60000, WHOLE, 1.7",
        "4,   60000, PARTIAL_FIRST, 0.8",
        // Equity of 2,560 where 2,844 are needed, and of 1,600 where 2,832 are.
        "4,   56890, PARTIAL_FIRST, 0.8",
        "4,   56650, BACKSTOP, 4",
    })
    void shouldTakeAPositionAsItWillBeOnItsLine(double size, double price, LiquidationMode mode, double forced) {
        Contract contract = linear(VenueModel.HYPERLIQUID, "BTC", flat(0.0125));
        MarginPool pool = pool(List.of(cross(contract, size, 60_000)), cash("USDC", size * 3750));

        PositionRisk position = AccountRiskMeasures.of(List.of(pool), PriceBoard.of("BTC", price), null, 1e-9)
                .positions()
                .get(0);

        assertThat(position.mode()).isEqualTo(mode);
        assertThat(position.forcedSize()).isCloseTo(forced, within(1e-9));
        assertThat(position.forcedUsd()).isCloseTo(forced * price, within(1e-6));
    }

    @Test
    void shouldReduceByTwoTiersAtOkx() {
        MarginTable table = MarginTable.of(List.of(
                new Tier(0, 0.004, null, null),
                new Tier(50_000, 0.01, null, null),
                new Tier(100_000, 0.02, null, null),
                new Tier(200_000, 0.03, null, null)));
        MarginPool pool = pool(List.of(cross(linear(VenueModel.OKX, "BTC", table), -25, 10_000)), cash("USDC", 10_000));

        PositionRisk position = AccountRiskMeasures.of(List.of(pool), PriceBoard.of("BTC", 10_000), null, 1e-9)
                .positions()
                .get(0);

        double line = position.liquidationPrice() == null ? Double.NaN : position.liquidationPrice();
        assertThat(position.mode()).isEqualTo(LiquidationMode.BY_TIERS);
        assertThat(position.forcedSize()).isCloseTo(25 - 100_000 / line, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "GENERIC, LINEAR, true",
        "BINANCE_USDM, LINEAR, false",
        "DERIBIT, LINEAR, true",
        "DERIBIT, INVERSE, false",
        "BINANCE_COINM, INVERSE, false",
        "BYBIT, LINEAR, true",
    })
    void shouldKnowWhatSharesCollateral(VenueModel model, Shape shape, boolean whole) {
        assertThat(model.sharesWholeAccount(shape)).isEqualTo(whole);
    }
}
