package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarginCallTest {

    private static final MarginCall.Levels LEVELS = new MarginCall.Levels(0.5, 0.8, 0.1);

    @ParameterizedTest(name = "ratio {0} after {1}")
    @CsvSource({
        "0.00, OK,           OK",
        "0.49, OK,           OK",
        "0.50, OK,           WATCH",
        "0.49, WATCH,        WATCH",
        "0.45, WATCH,        WATCH",
        "0.44, WATCH,        OK",
        "0.79, WATCH,        WATCH",
        "0.80, WATCH,        MARGIN_CALL",
        "0.80, OK,           MARGIN_CALL",
        "0.73, MARGIN_CALL,  MARGIN_CALL",
        "0.71, MARGIN_CALL,  WATCH",
        "0.46, MARGIN_CALL,  WATCH",
        "0.44, MARGIN_CALL,  OK",
        "1.00, MARGIN_CALL,  MARGIN_CALL",
        "1.01, MARGIN_CALL,  LIQUIDATABLE",
        "1.01, OK,           LIQUIDATABLE",
        "0.99, LIQUIDATABLE, MARGIN_CALL",
        "0.73, LIQUIDATABLE, MARGIN_CALL",
        "0.71, BANKRUPT,     WATCH",
        "0.44, BANKRUPT,     OK",
    })
    void shouldEndALittleBelowWhereItBegan(double ratio, MarginCall before, MarginCall expected) {
        assertThat(MarginCall.of(100, 100, 100 * ratio, before, LEVELS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-0.01, BANKRUPT", "0, LIQUIDATABLE"})
    void shouldBeBankruptBelowZeroEquity(double equity, MarginCall expected) {
        assertThat(MarginCall.of(equity, equity, 10, MarginCall.OK, LEVELS)).isEqualTo(expected);
    }

    @Test
    void shouldBeLiquidatableByHaircutsBeforeItIsBankrupt() {
        Balance coin = new Balance("BTC", "venue:BTC", 1, 0.5, 1000);
        Contract contract = Holdings.linear(VenueModel.GENERIC, "ETH", Holdings.flat(0.05));
        MarginPool pool = Holdings.pool(List.of(Holdings.cross(contract, 10, 100)), coin);
        PriceBoard prices = PriceBoard.of("BTC", 1000);
        List<MarginCall> states = new ArrayList<>();

        for (double price : new double[] {100, 60, 53.125, 53, 1, 0.5}) {
            states.add(MarginCall.of(pool, prices.with("ETH", price), MarginCall.OK, LEVELS));
        }
        MarginCall ruined = MarginCall.of(pool, prices.with("BTC", 400).with("ETH", 50), MarginCall.OK, LEVELS);

        assertThat(states)
                .containsExactly(
                        MarginCall.OK,
                        MarginCall.OK,
                        MarginCall.MARGIN_CALL,
                        MarginCall.MARGIN_CALL,
                        MarginCall.LIQUIDATABLE,
                        MarginCall.LIQUIDATABLE);
        assertThat(ruined).isEqualTo(MarginCall.BANKRUPT);
    }

    @Test
    void shouldNotFlapWhileTheRatioHovers() {
        MarginCall state = MarginCall.OK;
        int changes = 0;
        for (int i = 0; i < 100; i++) {
            double ratio = i % 2 == 0 ? 0.501 : 0.499;
            MarginCall next = MarginCall.of(100, 100, 100 * ratio, state, LEVELS);
            changes += next == state ? 0 : 1;
            state = next;
        }

        assertThat(changes).isEqualTo(1);
        assertThat(state).isEqualTo(MarginCall.WATCH);
    }

    @Test
    void shouldTakeTheWorse() {
        assertThat(MarginCall.WATCH.or(MarginCall.BANKRUPT)).isEqualTo(MarginCall.BANKRUPT);
        assertThat(MarginCall.WATCH.or(MarginCall.OK)).isEqualTo(MarginCall.WATCH);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.8, 0.1", "0.8, 0.5, 0.1", "0.5, 1, 0.1", "0.5, 0.8, 1", "0.5, 0.8, -0.1"})
    void shouldRefuseLevelsOutOfOrder(double watch, double call, double hysteresis) {
        assertThatThrownBy(() -> new MarginCall.Levels(watch, call, hysteresis))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed is 0");
    }
}
