package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.bankruptcyPrice;
import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.inverse;
import static io.plimsoll.risk.Holdings.isolated;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.liquidationPrice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.AutoDeleveraging;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bybit: maintenance margin at the mark price, and by the older text at the entry price. */
class BybitGoldenTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "BYBIT_AT_ENTRY,  1, 19700.00",
        "BYBIT,           1, 19698.49",
        "BYBIT_AT_ENTRY, -1, 20300.00",
    })
    void shouldGiveTheLinearLiquidationPrices(VenueModel regime, double size, double expected) {
        Contract contract = linear(regime, "BTCUSDT", "USDT", flat(0.005));
        double initialMargin = 20_000 / 50.0;

        OpenPosition position = isolated(contract, size, 20_000, initialMargin);

        assertThat(initialMargin).isEqualTo(400);
        assertThat(position.exposure().maintenance(20_000)).isEqualTo(100);
        assertThat(liquidationPrice(position)).isCloseTo(expected, within(5e-3));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "BYBIT,           60000, 45681.8182",
        "BYBIT,          -60000, 55277.7778",
        "BYBIT_AT_ENTRY,  60000, 45662.1005",
        "BYBIT_AT_ENTRY, -60000, 55248.6188",
    })
    void shouldGiveTheInverseLiquidationPrices(VenueModel regime, double face, double expected) {
        Contract contract = inverse(regime, "BTC", flat(0.005));
        double tenTimes = 60_000 / 50_000.0 / 10;

        double price = liquidationPrice(isolated(contract, face, 50_000, tenTimes));

        assertThat(price).isCloseTo(expected, within(5e-5));
    }

    @ParameterizedTest(name = "{0} USD, {1}x")
    @CsvSource({"60000, 10", "2500000, 25", "9000000, 5"})
    void shouldAgreeWithTheVenuesInverseFormula(double size, double leverage) {
        double entry = 50_000;
        double coins = size / entry;
        // The larger ones are in the second tier, at their lines too: its deduction is 20 x 0.5 %.
        MarginTable table = MarginTable.of(List.of(new Tier(0, 0.005, null, null), new Tier(20, 0.01, null, null)));
        Contract contract = inverse(VenueModel.BYBIT, "BTC", table);
        double rate = coins > 20 ? 0.01 : 0.005;
        double deduction = coins > 20 ? 0.1 : 0;

        double lineOfLong = liquidationPrice(isolated(contract, size, entry, coins / leverage));
        double lineOfShort = liquidationPrice(isolated(contract, -size, entry, coins / leverage));

        double venuesLong = size * (1 + rate) / (coins + coins / leverage + deduction);
        double venuesShort = size * (1 - rate) / (coins - coins / leverage - deduction);
        assertThat(lineOfLong).isCloseTo(venuesLong, within(1e-4));
        assertThat(lineOfShort).isCloseTo(venuesShort, within(1e-4));
    }

    @Test
    void shouldGiveTheInverseBankruptcyPriceWithTheFeeToClose() {
        double takerFee = 0.00075;
        Contract withoutFee = inverse(VenueModel.BYBIT, "BTC", flat(0.005));
        // Where equity just pays the fee, maintenance margin would be the fee.
        Contract onlyFee = inverse(VenueModel.BYBIT, "BTC", flat(takerFee));

        double price = bankruptcyPrice(isolated(withoutFee, 10_000, 8000, 0.5));
        double whereOnlyTheFeeIsLeft = liquidationPrice(isolated(onlyFee, 10_000, 8000, 0.5));

        assertThat(price * (1 + takerFee)).isCloseTo(5718.57, within(5e-3));
        assertThat(whereOnlyTheFeeIsLeft).isCloseTo(5718.57, within(5e-3));
    }

    @ParameterizedTest
    @CsvSource({"-350000, 1000000, -0.35", "-600000, 2000000, -0.30"})
    void shouldMeasureWhatAnInsurancePoolHasLost(double profit, double pool, double drawdown) {
        assertThat(AutoDeleveraging.bybitPoolDrawdown(profit, 0, pool)).isEqualTo(drawdown);
    }
}
