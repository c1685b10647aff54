package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.inverse;
import static io.plimsoll.risk.Holdings.isolated;
import static io.plimsoll.risk.Holdings.liquidationPrice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.VenueModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deribit: rates that grow with size, linear and inverse. Initial margin has the same form as maintenance margin. */
class DeribitGoldenTest {

    private static final double BTC_PER_UNIT = 0.00005;
    private static final double ETH_PER_UNIT = 0.000004;
    private static final double SOL_PER_UNIT = 0.000005;

    @ParameterizedTest(name = "{0} at {1}, {2} + {3} per unit: {4}")
    @CsvSource({
        "25,   100000, 0.02, 0.00005,  53125",
        "25,   100000, 0.01, 0.00005,  28125",
        "350,  100000, 0.02, 0.00005,  1312500",
        "25,   200,    0.04, 0.000005, 200.625",
        "25,   200,    0.02, 0.000005, 100.625",
        "6000, 200,    0.04, 0.000005, 84000",
    })
    void shouldGiveTheMarginsOfLinearPositions(
            double size, double price, double base, double perUnit, double expected) {
        Contract contract = new Contract(
                "venue:X_USDC-PERPETUAL",
                "X",
                "USDC",
                Shape.LINEAR,
                new LotSize(4, 1),
                Contract.DOLLAR_DECIMALS,
                flat(base),
                perUnit,
                VenueModel.DERIBIT);

        double margin = isolated(contract, size, price, 0).exposure().maintenance(price);

        assertThat(margin).isCloseTo(expected, within(1e-9 * expected));
    }

    @Test
    void shouldPayProfitInCoins() {
        Contract contract = inverse(VenueModel.DERIBIT, "BTC", flat(0.01));

        double profit = isolated(contract, 10_000, 50_000, 0).exposure().profit(60_000);

        assertThat(profit).isCloseTo(0.0333333, within(5e-8));
    }

    @ParameterizedTest(name = "{0}: {2} BTC or ETH at {3}")
    @CsvSource({
        "BTC, 0.00005,  100,   50000, 0.015",
        "BTC, 0.00005,  1,     50000, 0.01005",
        "ETH, 0.000004, 10000, 2000,  0.05",
    })
    void shouldLetTheRateGrowWithTheCoins(String coin, double perUnit, double coins, double price, double rate) {
        Contract contract = inverse(VenueModel.DERIBIT, coin + "-PERPETUAL", coin, flat(0.01), perUnit);

        double margin = isolated(contract, coins * price, price, 0).exposure().maintenance(price);

        assertThat(margin).isCloseTo(rate * coins, within(1e-12 * coins));
    }

    @ParameterizedTest(name = "{0} USD at {2} with {3} BTC")
    @CsvSource({
        "5000000,   50000, 10, BTC",
        "-5000000,  50000, 10, BTC",
        "50000000,  50000, 200, BTC",
        "-50000000, 50000, 200, BTC",
        "20000000,  2500,  900, ETH",
        "-20000000, 2500,  900, ETH",
    })
    void shouldFindTheLineUnderAGrowingRate(double face, double entry, double cash, String coin) {
        double perUnit = coin.equals("BTC") ? BTC_PER_UNIT : ETH_PER_UNIT;
        Contract contract = inverse(VenueModel.DERIBIT, coin + "-PERPETUAL", coin, flat(0.01), perUnit);
        OpenPosition position = isolated(contract, face, entry, cash);

        double line = liquidationPrice(position);

        assertThat(line).isCloseTo(bisected(face, entry, cash, perUnit), within(1e-9 * entry));
    }

    @Test
    void shouldFindTheLineOfALinearPositionByItsSize() {
        Contract contract = new Contract(
                "venue:SOL_USDC-PERPETUAL",
                "SOL",
                "USDC",
                Shape.LINEAR,
                new LotSize(4, 1),
                Contract.DOLLAR_DECIMALS,
                flat(0.02),
                SOL_PER_UNIT,
                VenueModel.DERIBIT);

        double line = liquidationPrice(isolated(contract, 6000, 200, 120_000));

        // The rate follows from the size alone: 2 % + 6,000 x 0.0005 %.
        assertThat(line).isCloseTo((200 - 120_000 / 6000.0) / (1 - 0.05), within(1e-9));
    }

    /** The first price, going the way that hurts, at which coins no longer cover 1 % + perUnit x size of the size. */
    private static double bisected(double face, double entry, double cash, double perUnit) {
        double safe = entry;
        double unsafe = face > 0 ? entry / 1000 : entry * 1000;
        for (int i = 0; i < 200; i++) {
            double middle = (safe + unsafe) / 2;
            double coins = Math.abs(face) / middle;
            double left = cash + face / entry - face / middle - (0.01 + perUnit * coins) * coins;
            if (left >= 0) {
                safe = middle;
            } else {
                unsafe = middle;
            }
        }
        return unsafe;
    }
}
