package io.plimsoll.risk.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.EquityLine;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PlainPosition;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.VenueModel;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantiles and bands against a list of every position's leverage. */
class LeverageDistributionTest {

    private static final double PRICE = 50_000;
    private static final double ROUNDING = 1e-6;
    private static final Contract LINEAR = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(0.005));
    private static final Contract INVERSE = Holdings.inverse(VenueModel.GENERIC, "BTC", Holdings.flat(0.005));

    @ParameterizedTest(name = "{0}, {1} slices, seed {2}")
    @CsvSource({"LINEAR, 1, 1", "LINEAR, 3, 2", "LINEAR, 7, 3", "INVERSE, 1, 4", "INVERSE, 3, 5", "INVERSE, 7, 6"})
    void shouldKnowQuantilesToWithinACell(Shape shape, int slices, long seed) {
        RandomBook book = new RandomBook(shape == Shape.INVERSE ? INVERSE : LINEAR, slices, new Random(seed))
                .turnOver(2_000, PRICE);

        for (double mark : new double[] {0.7 * PRICE, PRICE, 1.01 * PRICE, 1.5 * PRICE}) {
            for (Side side : Side.values()) {
                LeverageDistribution distribution = LeverageDistribution.of(side, shape, book.equityLines(), mark);
                for (int percent : new int[] {1, 10, 50, 90, 99, 100}) {
                    String what = side + " " + percent + " % at " + mark;
                    assertSame(
                            what,
                            shape,
                            side,
                            distribution.quantileOfSize(percent),
                            oracle(book, side, mark, percent, position -> Math.abs(position.lots())));
                    assertSame(
                            what,
                            shape,
                            side,
                            distribution.quantileOfPositions(percent),
                            oracle(book, side, mark, percent, position -> 1));
                }
            }
        }
    }

    /** Share of equity of the position at the place of the quantile, the least leveraged first. */
    private static double oracle(
            RandomBook book, Side side, double mark, int percent, ToLongFunction<OpenPosition> weight) {
        List<OpenPosition> rising = book.positions().stream()
                .filter(position -> position.side() == side)
                .sorted(Comparator.comparingDouble((OpenPosition position) -> -PlainPosition.share(position, mark)))
                .toList();
        long all = rising.stream().mapToLong(weight).sum();
        long reached = 0;
        for (OpenPosition position : rising) {
            reached += weight.applyAsLong(position);
            if (100.0 * reached >= (double) percent * all) {
                return PlainPosition.share(position, mark);
            }
        }
        throw new AssertionError("no " + side + " in the book");
    }

    private static void assertSame(
            String what, Shape shape, Side side, @Nullable Double leverage, double expectedShare) {
        double line = Math.abs(1 - EquityLine.direction(side, shape) * expectedShare);
        double error = EquityLine.SHARE_ERROR * 1.001 * line + ROUNDING;
        if (leverage == null) {
            assertThat(expectedShare).describedAs(what).isLessThanOrEqualTo(error);
        } else {
            assertThat(1 / leverage).describedAs(what).isCloseTo(expectedShare, within(error));
        }
    }

    @Test
    void shouldCountEveryPositionInOneBandOrWithoutEquity() {
        RandomBook book = new RandomBook(LINEAR, 3, new Random(9)).turnOver(2_000, PRICE);
        LeverageDistribution longs = LeverageDistribution.of(Side.LONG, Shape.LINEAR, book.equityLines(), PRICE);

        LeverageDistribution.Part low = longs.between(0, 5);
        LeverageDistribution.Part high = longs.between(5, Double.POSITIVE_INFINITY);
        LeverageDistribution.Part none = longs.withoutEquity();

        assertThat(none.positions()).isPositive();
        assertThat(low.positions() + high.positions() + none.positions()).isEqualTo((int) book.positions().stream()
                .filter(position -> position.side() == Side.LONG)
                .count());
        assertThat(low.lots() + high.lots() + none.lots()).isEqualTo(longs.lots());
        assertThat(low.lots()).isBetween(sizeBelow(book, 5 * (1 - 0.003)), sizeBelow(book, 5 * (1 + 0.003)));
    }

    private static long sizeBelow(RandomBook book, double leverage) {
        return book.positions().stream()
                .filter(position -> position.side() == Side.LONG && PlainPosition.share(position, PRICE) > 1 / leverage)
                .mapToLong(position -> Math.abs(position.lots()))
                .sum();
    }

    @Test
    void shouldForgetPositionsThatAreClosed() {
        RandomBook book = new RandomBook(LINEAR, 7, new Random(10)).turnOver(1_000, PRICE);
        book.closeAll();

        LeverageDistribution shorts = LeverageDistribution.of(Side.SHORT, Shape.LINEAR, book.equityLines(), PRICE);

        assertThat(book.equityLines()).isEmpty();
        assertThat(book.sizes()).isEmpty();
        assertThat(shorts.positions()).isZero();
        assertThat(shorts.quantileOfSize(50)).isNull();
        assertThat(shorts.meanBySize()).isNull();
    }

    @Test
    void shouldSeeLeverageRiseAsThePriceFallsThoughNobodyTrades() {
        RandomBook book = new RandomBook(LINEAR, 1, new Random(11));
        book.open("v:a", Holdings.isolated(LINEAR, 1, PRICE, PRICE / 10));

        assertThat(leverage(book, PRICE)).isCloseTo(10, within(0.05));
        assertThat(leverage(book, 0.95 * PRICE)).isCloseTo(19, within(0.18));
        assertThat(leverage(book, 0.9 * PRICE - 100)).isNull();
        assertThat(leverage(book, 2 * PRICE)).isCloseTo(20 / 11.0, within(0.001));
    }

    private static @Nullable Double leverage(RandomBook book, double mark) {
        return LeverageDistribution.of(Side.LONG, Shape.LINEAR, book.equityLines(), mark)
                .quantileOfPositions(50);
    }
}
