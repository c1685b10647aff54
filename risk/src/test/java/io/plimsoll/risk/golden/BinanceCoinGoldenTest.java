package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.cross;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.inverse;
import static io.plimsoll.risk.Holdings.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Binance COIN-M: brackets, margin and profit in coins. */
class BinanceCoinGoldenTest {

    /** Of BTCUSD from its level 4 on, in BTC. */
    private static final MarginTable BRACKETS = MarginTable.of(List.of(
            new Tier(0, 0.025, 0.56, null),
            new Tier(50, 0.05, null, null),
            new Tier(100, 0.10, null, null),
            new Tier(200, 0.125, null, null)));

    @Test
    void shouldDeriveTheCumulatedAmounts() {
        assertThat(BRACKETS.deduction(1)).isCloseTo(1.81, within(1e-12));
        assertThat(BRACKETS.deduction(3)).isCloseTo(11.81, within(1e-12));
    }

    @Test
    void shouldMaintainALargePositionInCoins() {
        Contract contract = inverse(VenueModel.BINANCE_COINM, "BTC", BRACKETS);
        // 300 BTC at 20,000.
        MarginPool pool = pool(List.of(cross(contract, 6_000_000, 20_000)), cash("BTC", 40));

        double maintenance = pool.maintenance(PriceBoard.of("BTC-USD", 20_000));

        assertThat(maintenance).isCloseTo(25.69, within(1e-9));
    }

    @Test
    void shouldValueContractsInCoins() {
        // Initial margin at 20x is a rate of 1/20 on the coins of ten contracts of 100 USD at 9,800.
        Contract contract = inverse(VenueModel.BINANCE_COINM, "BTC", flat(1.0 / 20));
        long lots = new LotSize(0, 100).lots(10);

        OpenPosition position = cross(contract, lots, 9800);

        assertThat(position.quantity()).isEqualTo(1000);
        assertThat(position.exposure().maintenance(9800)).isCloseTo(0.0051, within(5e-5));
    }
}
