package io.plimsoll.risk.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.BookEntry;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PartialBook;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FundingBurdenTest {

    private static final double PRICE = 50_000;
    private static final double RATE = 0.0008;
    private static final double ROUNDING = 1e-9;

    /** Half a cell of the ladder at the price. */
    private static final double HALF_CELL = 0.00051;

    private static final Contract CONTRACT = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(1e-9));

    private final PartialBook book = new PartialBook(false);

    private void open(String account, double size, double margin) {
        OpenPosition position = Holdings.isolated(CONTRACT, size, PRICE, margin);
        BookEntry entry = new MarginAccount(List.of(position), List.of(), VenueModel.GENERIC)
                .entries(PriceBoard.EMPTY, 0.001)
                .get(0);
        book.add(account, entry);
    }

    @Test
    void shouldChargeOneSideWhatTheOtherReceives() {
        FundingBurden longs = FundingBurden.of(Side.LONG, RATE, 100_000, 10_000);
        FundingBurden shorts = FundingBurden.of(Side.SHORT, RATE, 100_000, 50_000);

        // 0.01 % an hour of 100,000; 24 hours of it over the equity.
        assertThat(longs.usdPerHour()).isCloseTo(10, within(ROUNDING));
        assertThat(longs.shareOfEquityPerDay()).isCloseTo(0.024, within(ROUNDING));
        assertThat(shorts.usdPerHour()).isCloseTo(-10, within(ROUNDING));
        assertThat(shorts.shareOfEquityPerDay()).isCloseTo(-0.0048, within(ROUNDING));
    }

    @Test
    void shouldNotDivideByAnEquityThatIsGone() {
        assertThat(FundingBurden.of(Side.LONG, RATE, 100_000, -1).shareOfEquityPerDay())
                .isNull();
    }

    @Test
    void shouldKnowOfNobodyWhoPaysWithoutARate() {
        assertThat(WeakestPayers.at(null)).isNull();
        assertThat(WeakestPayers.at(0.0)).isNull();
    }

    @Test
    void shouldPayUntilTheMarginIsGone() {
        open("v:a", 1, 0.02 * PRICE);
        open("v:b", 19, 19 * 0.1 * PRICE);
        open("v:c", -20, 20 * 0.01 * PRICE);
        WeakestPayers payers = Objects.requireNonNull(WeakestPayers.at(RATE));

        Double weakest = payers.hours(book.liquidation().rungs(), lots(20), PRICE, 5);
        Double next = payers.hours(book.liquidation().rungs(), lots(20), PRICE, 6);

        assertThat(payers.side()).isEqualTo(Side.LONG);
        // A margin of 2 % at 0.01 % an hour.
        assertThat(weakest).isCloseTo(200, within(HALF_CELL / 0.0001));
        assertThat(next).isCloseTo(1_000, within(HALF_CELL / 0.0001));
    }

    @Test
    void shouldLookAtShortsWhereShortsPay() {
        open("v:a", 20, 20 * 0.01 * PRICE);
        open("v:b", -20, 20 * 0.05 * PRICE);
        WeakestPayers payers = Objects.requireNonNull(WeakestPayers.at(-RATE));

        assertThat(payers.side()).isEqualTo(Side.SHORT);
        assertThat(payers.hours(book.liquidation().rungs(), lots(20), PRICE, 5))
                .isCloseTo(500, within(HALF_CELL / 0.0001));
    }

    @Test
    void shouldHaveNoTimeLeftPastTheLine() {
        open("v:a", 1, 0.02 * PRICE);
        WeakestPayers payers = Objects.requireNonNull(WeakestPayers.at(RATE));

        assertThat(payers.hours(book.liquidation().rungs(), lots(1), 0.97 * PRICE, 5))
                .isZero();
    }

    @Test
    void shouldNotSayWhereTooFewHaveALine() {
        open("v:a", 1, 0.02 * PRICE);
        open("v:b", 99, 99 * 2 * PRICE);
        WeakestPayers payers = Objects.requireNonNull(WeakestPayers.at(RATE));

        assertThat(payers.hours(book.liquidation().rungs(), lots(100), PRICE, 5))
                .isNull();
        assertThat(payers.hours(List.of(), 0, PRICE, 5)).isNull();
    }

    private static long lots(double size) {
        return CONTRACT.lotSize().lots(size);
    }
}
