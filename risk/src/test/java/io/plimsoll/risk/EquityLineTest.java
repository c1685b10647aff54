package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EquityLineTest {

    private static final MarginTable TABLE = Holdings.flat(0.005);
    private static final Contract LINEAR = Holdings.linear(VenueModel.GENERIC, "BTC", TABLE);
    private static final Contract INVERSE = Holdings.inverse(VenueModel.GENERIC, "BTC", TABLE);
    private static final double ROUNDING = 1e-6;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveTheLeverageAtEveryPrice(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            boolean inverse = random.nextBoolean();
            double entry = 50_000 * (0.8 + 0.4 * random.nextDouble());
            double size = (random.nextBoolean() ? 1 : -1) * (inverse ? 100_000 : 2) * (1 + random.nextInt(9));
            double notional = inverse ? Math.abs(size) / entry : Math.abs(size) * entry;
            double margin = notional / (0.5 + 30 * random.nextDouble());
            OpenPosition position = Holdings.isolated(inverse ? INVERSE : LINEAR, size, entry, margin);
            BookEntry booked = only(position);
            double mark = entry * (0.9 + 0.2 * random.nextDouble());

            double share = share(position, booked.equityLine(), mark);

            // In units of the settle asset, as an account statement would have it.
            double now = inverse ? Math.abs(size) / mark : Math.abs(size) * mark;
            double profit = Math.signum(size) * (inverse ? notional - now : now - notional);
            assertThat(share)
                    .describedAs("seed %d, %s at %s", seed, position, mark)
                    .isCloseTo((margin + profit) / now, within(ROUNDING));
        }
    }

    @Test
    void shouldBeTheBankruptcyPriceOfALonePosition() {
        OpenPosition position = Holdings.isolated(LINEAR, 1, 50_000, 5_000);

        assertThat(only(position).equityLine()).isCloseTo(Holdings.bankruptcyPrice(position), within(ROUNDING));
    }

    @Test
    void shouldShareOutTheCashOfAnAccountByEntryNotional() {
        Contract other = Holdings.linear(VenueModel.GENERIC, "ETH", TABLE);
        MarginAccount account = new MarginAccount(
                List.of(Holdings.cross(LINEAR, 1, 60_000), Holdings.cross(other, -10, 2_000)),
                List.of(Holdings.cash("USDC", 8_000)),
                VenueModel.GENERIC);

        List<BookEntry> entries = account.entries(PriceBoard.EMPTY, 0.001);

        // 80,000 of entry notional on 8,000: each has a tenth of its own.
        assertThat(entries.get(0).equityLine()).isCloseTo(54_000, within(ROUNDING));
        assertThat(entries.get(1).equityLine()).isCloseTo(2_200, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"-1e15", "-1e12", "-3", "-1e-9", "0", "1e-30", "1e-9", "0.5", "1", "95", "96", "1e12", "1e30"})
    void shouldKeepLinesToWithinHalfACell(double line) {
        double middle = EquityLine.middle(EquityLine.cell(line));

        double counted = Math.copySign(Math.max(1e-12, Math.min(1e12, Math.abs(line))), line);
        assertThat(middle).isCloseTo(counted, within(Math.abs(middle) * EquityLine.SHARE_ERROR * (1 + 1e-9)));
    }

    @Test
    void shouldKeepTheOrderOfLines() {
        double[] rising = {-1e12, -5, -4.9, -1, -1e-12, 0, 1e-12, 0.5, 1, 1.1, 1e12};
        for (int i = 1; i < rising.length; i++) {
            assertThat(EquityLine.cell(rising[i])).isGreaterThanOrEqualTo(EquityLine.cell(rising[i - 1]));
            assertThat(EquityLine.middle(EquityLine.cell(rising[i])))
                    .isGreaterThanOrEqualTo(EquityLine.middle(EquityLine.cell(rising[i - 1])));
        }
    }

    private static double share(OpenPosition position, double line, double mark) {
        Shape shape = position.contract().shape();
        return EquityLine.direction(position.side(), shape) * (1 - line / EquityLine.price(mark, shape));
    }

    private static BookEntry only(OpenPosition position) {
        return new MarginAccount(List.of(position), List.of(), VenueModel.GENERIC)
                .entries(PriceBoard.EMPTY, 0.001)
                .get(0);
    }
}
