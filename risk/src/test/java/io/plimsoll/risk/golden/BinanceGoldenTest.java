package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.cross;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.isolated;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.liquidationPrice;
import static io.plimsoll.risk.Holdings.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.AccountRiskMeasures;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PoolLines;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binance USD-M: the venue's worked example of two longs on one wallet, its sample of brackets, and hedge mode. */
class BinanceGoldenTest {

    private static final double WALLET = 1_535_443.01;
    private static final double ETH_SIZE = 3683.979;
    private static final double ETH_ENTRY = 1456.84;
    private static final double BTC_SIZE = 109.488;
    private static final double BTC_ENTRY = 32_481.98;
    private static final Contract ETH = contract("ETHUSDT", new Tier(0, 0.10, 135_365.0, null));
    private static final Contract BTC = contract("BTCUSDT", new Tier(0, 0.025, 16_300.0, null));
    private static final PriceBoard MARKS = PriceBoard.of("ETHUSDT", 1335.18).with("BTCUSDT", 31_967.27);

    private static final MarginTable BRACKETS = MarginTable.of(List.of(
            new Tier(0, 0.025, null, null),
            new Tier(100e3, 0.05, null, null),
            new Tier(500e3, 0.10, null, null),
            new Tier(1e6, 0.15, null, null),
            new Tier(2e6, 0.25, null, null),
            new Tier(5e6, 0.50, null, null)));

    @Test
    void shouldGiveTheCrossAccount() {
        MarginPool pool =
                pool(List.of(cross(ETH, ETH_SIZE, ETH_ENTRY), cross(BTC, BTC_SIZE, BTC_ENTRY)), cash("USDT", WALLET));

        AccountRiskMeasures account = AccountRiskMeasures.of(List.of(pool), MARKS, null, 1e-9);
        var eth = account.positions().get(0);
        var btc = account.positions().get(1);

        assertThat(eth.maintenanceUsd()).isCloseTo(356_512.508122, within(5e-7));
        assertThat(btc.maintenanceUsd()).isCloseTo(71_200.811444, within(5e-7));
        assertThat(eth.unrealisedUsd()).isCloseTo(-448_192.88514, within(5e-6));
        assertThat(btc.unrealisedUsd()).isCloseTo(-56_354.56848, within(5e-6));
        assertThat(eth.liquidationPrice()).isCloseTo(1153.26, within(5e-3));
        assertThat(btc.liquidationPrice()).isCloseTo(26_316.89, within(5e-3));
    }

    @Test
    void shouldGiveTheIsolatedLiquidationPrices() {
        assertThat(liquidationPrice(isolated(ETH, ETH_SIZE, ETH_ENTRY, WALLET))).isCloseTo(1114.78, within(5e-3));
        assertThat(liquidationPrice(isolated(BTC, BTC_SIZE, BTC_ENTRY, WALLET))).isCloseTo(18_778.73, within(5e-3));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2500", "2, 27500", "3, 77500", "4, 277500", "5, 1527500"})
    void shouldDeriveTheCumulatedAmounts(int bracket, double cumulated) {
        assertThat(BRACKETS.deduction(bracket)).isCloseTo(cumulated, within(1e-9));
    }

    @ParameterizedTest(name = "long {0}, short {1}")
    @CsvSource({"40, 15", "15, 40", "60, 5", "5, 60"})
    void shouldShareOneLineInHedgeMode(double longs, double shorts) {
        double wallet = 20_000;
        double longEntry = 2100;
        double shortEntry = 1900;
        Contract eth = linear(VenueModel.BINANCE_USDM, "ETHUSDT", "USDT", BRACKETS);
        Contract other = linear(VenueModel.BINANCE_USDM, "BTCUSDT", "USDT", flat(0.01));
        OpenPosition btc = cross(other, 1, 30_000);
        MarginPool pool =
                pool(List.of(cross(eth, longs, longEntry), cross(eth, -shorts, shortEntry), btc), cash("USDT", wallet));

        PoolLines lines = pool.lines(PriceBoard.of("ETHUSDT", 2000).with("BTCUSDT", 32_000));
        double line = lines.liquidationPrice(0);

        // The venue's formula, with the brackets in which the two legs are at that price.
        int longBracket = BRACKETS.tier(longs * line);
        int shortBracket = BRACKETS.tier(shorts * line);
        double others = 2000 - 0.01 * 32_000;
        double formula = (wallet
                        + others
                        + BRACKETS.deduction(longBracket)
                        + BRACKETS.deduction(shortBracket)
                        - longs * longEntry
                        + shorts * shortEntry)
                / (longs * rate(longBracket) + shorts * rate(shortBracket) - longs + shorts);
        assertThat(line).isCloseTo(formula, within(1e-9 * formula));
        assertThat(lines.liquidationPrice(1)).describedAs("shared").isEqualTo(line);
        assertThat(line < 2000).describedAs("on the side of the larger leg").isEqualTo(longs > shorts);
    }

    private static double rate(int bracket) {
        return new double[] {0.025, 0.05, 0.10, 0.15, 0.25, 0.50}[bracket];
    }

    private static Contract contract(String symbol, Tier tier) {
        return linear(VenueModel.BINANCE_USDM, symbol, "USDT", MarginTable.of(List.of(tier)));
    }
}
