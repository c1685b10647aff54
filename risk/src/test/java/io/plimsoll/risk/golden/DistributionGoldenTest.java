package io.plimsoll.risk.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.BookEntry;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.MarketQuote;
import io.plimsoll.risk.PartialBook;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.distribution.LeverageDistribution;
import io.plimsoll.risk.distribution.MarketDistribution;
import io.plimsoll.risk.distribution.SizeInequality;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What popular definitions of skew and concentration make of small markets that can be worked out by hand. */
class DistributionGoldenTest {

    private static final double HALF_OF_FOURTH_DIGIT = 5e-5;
    private static final double HALF_OF_FIFTH_DIGIT = 5e-6;
    private static final double PRICE = 100;
    private static final MarketQuote QUOTE = new MarketQuote(PRICE, 1, null, null, 0.0001, 0.0005, null);
    private static final Contract CONTRACT = new Contract(
            "venue:X",
            "X",
            "USDC",
            Shape.LINEAR,
            new LotSize(0, 1),
            Contract.DOLLAR_DECIMALS,
            Holdings.flat(0.005),
            0,
            VenueModel.GENERIC);

    private final PartialBook book = new PartialBook(true);

    /** A position opened at the present price: a notional, negative is short, on an equity. */
    private void open(String account, double notional, double equity) {
        BookEntry entry = new MarginAccount(
                        List.of(Holdings.isolated(CONTRACT, notional / PRICE, PRICE, equity)),
                        List.of(),
                        VenueModel.GENERIC)
                .entries(PriceBoard.EMPTY, 0.001)
                .get(0);
        book.add(account, entry);
    }

    private MarketMeasures aggregate() {
        return MarketMeasures.of(book.sums(), book.liquidation(), CONTRACT, QUOTE);
    }

    private LeverageDistribution side(Side side) {
        return LeverageDistribution.of(side, Shape.LINEAR, book.equityLines().rungs(), PRICE);
    }

    private MarketDistribution distribution() {
        return MarketDistribution.of(book.equityLines().rungs(), book.sizes().rungs(), CONTRACT, PRICE, 1, 50.0);
    }

    @Test
    void shouldTellTheSkewOfSumsFromTheSkewOfMeans() {
        open("A", 1_000_000, 50_000);
        open("B", 500_000, 250_000);
        open("C", -900_000, 300_000);
        open("D", -600_000, 20_000);

        MarketMeasures aggregate = aggregate();

        assertThat(aggregate.longs().leverage()).isCloseTo(5.0, within(HALF_OF_FOURTH_DIGIT));
        assertThat(aggregate.shorts().leverage()).isCloseTo(4.6875, within(HALF_OF_FOURTH_DIGIT));
        assertThat(aggregate.leverageSkew()).isCloseTo(0.03226, within(HALF_OF_FIFTH_DIGIT));
        // 20x and 30x are known to within 1 % and 1.5 %: half a cell of the equity line.
        assertThat(side(Side.LONG).meanBySize()).isCloseTo(14.0, within(14.0 * 0.01));
        assertThat(side(Side.SHORT).meanBySize()).isCloseTo(13.8, within(13.8 * 0.015));
    }

    @Test
    void shouldKnowTheSkewOfTwoWallets() {
        open("A", 100, 10);
        open("B", -100, 50);

        assertThat(aggregate().leverageSkew()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(aggregate().leverageLogRatio()).isCloseTo(1.6094, within(HALF_OF_FOURTH_DIGIT));
    }

    @Test
    void shouldTellTheAggregateFromBothMeans() {
        open("A", 100, 10);
        open("B", 1_000, 500);

        assertThat(aggregate().longs().leverage()).isCloseTo(2.157, within(5e-4));
        assertThat(side(Side.LONG).meanBySize()).isCloseTo(2.727, within(2.727 * 0.005));
        double half = side(Side.LONG).quantileOfPositions(50);
        double rest = side(Side.LONG).quantileOfPositions(51);
        assertThat(half).isCloseTo(2, within(0.001));
        assertThat(rest).isCloseTo(10, within(0.05));
        // The simple mean is in nobody's place, which is why it is not published.
        assertThat((half + rest) / 2).isCloseTo(6, within(0.025));
    }

    @Test
    void shouldKnowTheConcentrationOfThreeShares() {
        open("A", 5_000, 1_000);
        open("B", -3_000, 1_000);
        open("C", 2_000, 1_000);

        assertThat(aggregate().hhi()).isCloseTo(0.38, within(1e-12));
    }

    @Test
    void shouldKnowTheGiniCoefficientOfFourSizes() {
        open("A", 100, 10);
        open("B", 100, 10);
        open("C", -100, 10);
        open("D", 700, 10);

        assertThat(SizeInequality.gini(book.sizes().rungs())).isCloseTo(0.45, within(1e-12));
    }

    @Test
    void shouldSayWhatIsBeyondTheHighestLeverage() {
        open("A", 1_000, 10);
        open("B", 3_000, 300);

        assertThat(distribution().longAboveMax()).isCloseTo(0.25, within(1e-12));
        assertThat(distribution().shortAboveMax()).isNull();
    }
}
