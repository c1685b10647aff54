package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.LinearMargin;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binance's worked example of two USD-M longs on one wallet; the formula is the same with deductions as stated. */
class BinanceGoldenTest {

    private static final double WALLET = 1_535_443.01;
    private static final MarginTable ETH = MarginTable.of(List.of(new Tier(0, 0.10, 135_365.0, null)));
    private static final MarginTable BTC = MarginTable.of(List.of(new Tier(0, 0.025, 16_300.0, null)));

    @Test
    void shouldGiveTheMaintenanceMargins() {
        assertThat(ETH.maintenance(3683.979 * 1335.18)).isCloseTo(356_512.508122, within(5e-7));
        assertThat(BTC.maintenance(109.488 * 31_967.27)).isCloseTo(71_200.811444, within(5e-7));
    }

    @Test
    void shouldGiveTheCrossLiquidationPrices() {
        double ethCash = WALLET - 56_354.56848 - 71_200.811444;
        double btcCash = WALLET - 448_192.88514 - 356_512.508122;

        assertThat(LinearMargin.liquidationPrice(Side.LONG, 3683.979, 1456.84, ethCash, ETH))
                .isCloseTo(1153.26, within(5e-3));
        assertThat(LinearMargin.liquidationPrice(Side.LONG, 109.488, 32_481.98, btcCash, BTC))
                .isCloseTo(26_316.89, within(5e-3));
    }

    @Test
    void shouldGiveTheIsolatedLiquidationPrices() {
        assertThat(LinearMargin.liquidationPrice(Side.LONG, 3683.979, 1456.84, WALLET, ETH))
                .isCloseTo(1114.78, within(5e-3));
        assertThat(LinearMargin.liquidationPrice(Side.LONG, 109.488, 32_481.98, WALLET, BTC))
                .isCloseTo(18_778.73, within(5e-3));
    }

    @ParameterizedTest
    @CsvSource({"100000, 2500", "500000, 27500", "1000000, 77500", "2000000, 277500", "5000000, 1527500"})
    void shouldDeriveTheCumulatedAmounts(double floor, double cumulated) {
        MarginTable brackets = MarginTable.of(List.of(
                new Tier(0, 0.025, null, null),
                new Tier(100e3, 0.05, null, null),
                new Tier(500e3, 0.10, null, null),
                new Tier(1e6, 0.15, null, null),
                new Tier(2e6, 0.25, null, null),
                new Tier(5e6, 0.50, null, null)));
        double rate = brackets.maintenance(floor * 1.4) - brackets.maintenance(floor * 1.2);

        assertThat(rate / (floor * 0.2) * floor * 1.3 - brackets.maintenance(floor * 1.3))
                .isCloseTo(cumulated, within(1e-6));
    }
}
