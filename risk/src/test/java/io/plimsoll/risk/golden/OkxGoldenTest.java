package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.isolated;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.liquidationPrice;
import static io.plimsoll.risk.Holdings.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.AccountRiskMeasures;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OKX: the taker fee counts to the threshold, and sizes are contracts. */
class OkxGoldenTest {

    private static final MarginTable WITH_FEE = flat(0.004).plusRate(0.0005);

    @ParameterizedTest
    @CsvSource({"1, 9040.68", "-1, 10950.72"})
    void shouldGiveTheIsolatedLiquidationPrices(double size, double expected) {
        Contract contract = linear(VenueModel.OKX, "BTC-USDT-SWAP", "USDT", WITH_FEE);

        double price = liquidationPrice(isolated(contract, size, 10_000, 1000));

        assertThat(price).isCloseTo(expected, within(5e-3));
    }

    @Test
    void shouldReachAMarginRatioOfOneAtTheLine() {
        OpenPosition position = isolated(linear(VenueModel.OKX, "BTC-USDT-SWAP", "USDT", WITH_FEE), 1, 10_000, 1000);
        double line = liquidationPrice(position);

        AccountRiskMeasures account = AccountRiskMeasures.of(
                List.of(pool(List.of(position))), PriceBoard.of("BTC-USDT-SWAP", line), null, 1e-9);

        // The venue's is the inverse: (margin + profit) / (value x (rate + fee)).
        assertThat((1000 + line - 10_000) / (line * 0.0045)).isCloseTo(1, within(1e-9));
        assertThat(account.marginRatio()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldTakeSizesAsContracts() {
        // One contract is 0.01 BTC; initial margin at 10x is a rate of 1/10.
        LotSize contracts = new LotSize(4, 0.01);
        Contract contract = new Contract(
                "venue:BTC-USDT-SWAP",
                "BTC",
                "USDT",
                Shape.LINEAR,
                contracts,
                Contract.DOLLAR_DECIMALS,
                flat(1 / 10.0),
                0,
                VenueModel.OKX);
        long lots = contracts.lots(100);
        long amount = contract.settleAmount(lots, 10_000);

        OpenPosition position = new OpenPosition(contract, lots, 10_000, amount, null, null, null, 0);
        MarginPool pool = pool(List.of(position), cash("USDT", 2000));

        assertThat(position.quantity()).isEqualTo(1);
        assertThat(pool.maintenance(PriceBoard.of("BTC-USDT-SWAP", 10_000))).isEqualTo(1000);
    }
}
