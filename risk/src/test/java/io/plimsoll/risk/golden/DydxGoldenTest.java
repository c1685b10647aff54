package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.cash;
import static io.plimsoll.risk.Holdings.cross;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.TriggerPrice;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** dYdX v4: everything at the oracle price; its equity is quote balance plus positions at their price. */
class DydxGoldenTest {

    private static final Contract ETH = linear(VenueModel.DYDX_V4, "ETH-USD", flat(0.05));
    private static final Contract STRK = linear(VenueModel.DYDX_V4, "STRK-USD", flat(0.10));
    private static final PriceBoard ORACLE = PriceBoard.of("ETH-USD", 3000).with("STRK-USD", 1.75);

    @Test
    void shouldGiveTheLineOfOnePosition() {
        MarginPool pool = pool(List.of(cross(ETH, -3, 3000)), cash("USDC", 1000));

        double line = pool.lines(ORACLE).liquidationPrice(0);
        double equityThere = pool.equity(ORACLE.with("ETH-USD", line));

        assertThat(line).isCloseTo(3174.60, within(5e-3));
        assertThat(equityThere).isCloseTo(476.2, within(0.05));
    }

    @Test
    void shouldGiveTheLineAmongOtherPositions() {
        OpenPosition eth = cross(ETH, -1.5, 3000);
        OpenPosition strk = cross(STRK, 1000, 1.75);
        MarginPool pool = pool(List.of(eth, strk), cash("USDC", 1000));

        double line = pool.lines(ORACLE).liquidationPrice(0);

        assertThat(line).isCloseTo(3380.95, within(5e-3));
    }

    @Test
    void shouldBeTriggeredByTheOracle() {
        assertThat(VenueModel.DYDX_V4.triggerPrice()).isEqualTo(TriggerPrice.ORACLE);
    }
}
