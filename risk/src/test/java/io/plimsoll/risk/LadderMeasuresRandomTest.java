package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.carry.WeakestPayers;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.risk.distribution.RandomBook;
import io.plimsoll.risk.liquidity.ShotsOfDepth;
import io.plimsoll.risk.volatility.LeverageAtRisk;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is measured of a ladder against a list of every position's line, in one slice and in several, while positions come and
 * go. A bucket is all that a ladder knows of a line.
 */
class LadderMeasuresRandomTest {

    private static final double PRICE = 50_000;
    private static final double VOLATILITY = 0.8;
    private static final double RATE = 0.0008;
    private static final double MAINTENANCE = 0.005;
    private static final double DAY = 1 / 365.0;
    private static final double HOUR = DAY / 24;

    /** Half a bucket, and rounding of sizes and amounts. */
    private static final double HALF_BUCKET = 0.0005 + 1e-7;

    /** Of money: sums of doubles. */
    private static final double ROUNDING = 1e-9;

    private static final Contract LINEAR = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(MAINTENANCE));
    private static final Contract INVERSE = Holdings.inverse(VenueModel.GENERIC, "BTC", Holdings.flat(MAINTENANCE));
    private static final UsableDepth DEPTH = new UsableDepth(
            DepthState.LIVE,
            1,
            List.of(new UsableDepth.Level(0.01, 3), new UsableDepth.Level(0.05, 11)),
            List.of(new UsableDepth.Level(0.01, 5), new UsableDepth.Level(0.05, 9)),
            0);

    @ParameterizedTest(name = "{0}, {1} slices, seed {2}")
    @CsvSource({"LINEAR, 1, 1", "LINEAR, 3, 2", "LINEAR, 7, 3", "INVERSE, 1, 4", "INVERSE, 3, 5", "INVERSE, 7, 6"})
    void shouldComeToWhatEveryLineComesTo(Shape shape, int slices, long seed) {
        Contract contract = shape == Shape.INVERSE ? INVERSE : LINEAR;
        RandomBook book = new RandomBook(contract, slices, new Random(seed));
        for (int turn = 0; turn < 5; turn++) {
            book.turnOver(500, PRICE);
            for (double mark : new double[] {0.9 * PRICE, PRICE, 1.1 * PRICE}) {
                for (Side side : Side.values()) {
                    String what = String.format("%s at %s in turn %d, seed %d", side, mark, turn, seed);
                    assertAtRisk(what, contract, book, side, mark);
                    assertForced(what, contract, book, side, mark);
                    assertWeakest(what, book, side, mark);
                }
            }
        }
    }

    private static void assertAtRisk(String what, Contract contract, RandomBook book, Side side, double mark) {
        LeverageAtRisk risk = LeverageAtRisk.of(book.liquidation(), contract, mark, 1, VOLATILITY);
        LeverageAtRisk.Expected expected = side == Side.LONG ? risk.longs() : risk.shorts();
        assertBetween(what, expected.notionalUsd(), book, side, mark, away -> 1, away -> 1);
        assertBetween(
                what,
                expected.hourUsd(),
                book,
                side,
                mark,
                away -> chance(away + HALF_BUCKET, HOUR),
                away -> chance(away - HALF_BUCKET, HOUR));
        assertBetween(
                what,
                expected.dayUsd(),
                book,
                side,
                mark,
                away -> chance(away + HALF_BUCKET, DAY),
                away -> chance(away - HALF_BUCKET, DAY));
        for (LeverageAtRisk.Band band : risk.bands()) {
            LeverageAtRisk.Expected its = side == Side.LONG ? band.longs() : band.shorts();
            Predicate<Double> isIn = away -> isIn(band, side, away);
            String of = what + ", from " + band.from();
            assertBetween(of, its.notionalUsd(), book, side, mark, surely(isIn), perhaps(isIn));
            assertBetween(
                    of,
                    its.dayUsd(),
                    book,
                    side,
                    mark,
                    away -> surely(isIn).applyAsDouble(away) * chance(away + HALF_BUCKET, DAY),
                    away -> perhaps(isIn).applyAsDouble(away) * chance(away - HALF_BUCKET, DAY));
        }
    }

    private static boolean isIn(LeverageAtRisk.Band band, Side side, double away) {
        double distance = side == Side.LONG ? -Math.expm1(-away) : Math.expm1(away);
        return band.from() == 0 ? distance <= band.to() : distance > band.from() && distance <= band.to();
    }

    /** That a price without drift is at a line at some time: twice that it is beyond it at the end. */
    private static double chance(double away, double years) {
        return away <= 0 ? 1 : 2 * PlainNormal.above(away / (VOLATILITY * Math.sqrt(years)));
    }

    private static void assertForced(String what, Contract contract, RandomBook book, Side side, double mark) {
        for (double distance : new double[] {0.01, 0.02, 0.05}) {
            ShotsOfDepth shots = ShotsOfDepth.of(distance, DEPTH, book.liquidation(), contract, mark, 1);
            boolean isLong = side == Side.LONG;
            double forced = isLong ? shots.forcedSaleUsd() : shots.forcedPurchaseUsd();
            double reach = isLong ? -Math.log1p(-distance) : Math.log1p(distance);
            Predicate<Double> isForced = away -> away <= reach;
            assertBetween(what + ", by " + distance, forced, book, side, mark, surely(isForced), perhaps(isForced));
            double standing = contract.shape() == Shape.INVERSE ? 1 : mark;
            Double ratio = isLong ? shots.saleShots() : shots.purchaseShots();
            if (forced == 0) {
                assertThat(ratio).describedAs(what).isNull();
            } else {
                double part = (distance - 0.01) / 0.04;
                double quantity = isLong ? 3 + 8 * part : 5 + 4 * part;
                double expected = quantity * standing / forced;
                assertThat(ratio).describedAs(what).isCloseTo(expected, within(ROUNDING * expected));
            }
        }
    }

    private static void assertWeakest(String what, RandomBook book, Side side, double mark) {
        List<OpenPosition> nearest = lined(book, side).stream()
                .sorted(Comparator.comparingDouble(position -> away(position, mark)))
                .toList();
        long all = book.positions().stream()
                .filter(position -> position.side() == side)
                .mapToLong(position -> Math.abs(position.lots()))
                .sum();
        WeakestPayers payers = Objects.requireNonNull(WeakestPayers.at(side.sign() * RATE));
        Double hours = payers.hours(book.liquidation(), all, mark, 5);
        long reached = 0;
        for (OpenPosition position : nearest) {
            reached += Math.abs(position.lots());
            if (20.0 * reached >= all) {
                double line = PlainPosition.line(position, MAINTENANCE) / mark;
                assertThat(hours)
                        .describedAs(what)
                        .isCloseTo(
                                Math.max(0, side.sign() * (1 - line)) / (RATE / 8),
                                within(1.001 * HALF_BUCKET * line / (RATE / 8)));
                return;
            }
        }
        assertThat(hours).describedAs(what).isNull();
    }

    /** Money of a side, each position counting for a part of its notional that depends on how far its line is. */
    private static void assertBetween(
            String what,
            double actual,
            RandomBook book,
            Side side,
            double mark,
            ToDoubleFunction<Double> least,
            ToDoubleFunction<Double> most) {
        double low = 0;
        double high = 0;
        for (OpenPosition position : lined(book, side)) {
            double away = away(position, mark);
            low += PlainPosition.notional(position, mark) * least.applyAsDouble(away);
            high += PlainPosition.notional(position, mark) * most.applyAsDouble(away);
        }
        assertThat(actual).describedAs(what).isBetween(low - ROUNDING * high, high * (1 + ROUNDING));
    }

    /** 1 where it holds anywhere in the bucket. */
    private static ToDoubleFunction<Double> perhaps(Predicate<Double> condition) {
        return away -> condition.test(away - HALF_BUCKET) || condition.test(away + HALF_BUCKET) ? 1 : 0;
    }

    /** 1 where it holds everywhere in the bucket. */
    private static ToDoubleFunction<Double> surely(Predicate<Double> condition) {
        return away -> condition.test(away - HALF_BUCKET) && condition.test(away + HALF_BUCKET) ? 1 : 0;
    }

    private static List<OpenPosition> lined(RandomBook book, Side side) {
        return book.positions().stream()
                .filter(position -> position.side() == side && PlainPosition.line(position, MAINTENANCE) > 0)
                .toList();
    }

    /** How far ln(price) is from the line; below 0: past it. */
    private static double away(OpenPosition position, double mark) {
        return position.side().sign() * Math.log(mark / PlainPosition.line(position, MAINTENANCE));
    }

    @Test
    void shouldMeasureNothingWhereAllIsClosed() {
        RandomBook book = new RandomBook(LINEAR, 7, new Random(10)).turnOver(1_000, PRICE);
        assertThat(book.liquidation()).isNotEmpty();

        book.closeAll();

        LeverageAtRisk risk = LeverageAtRisk.of(book.liquidation(), LINEAR, PRICE, 1, VOLATILITY);
        assertThat(risk.longs()).isEqualTo(new LeverageAtRisk.Expected(0, 0, 0)).isEqualTo(risk.shorts());
        assertThat(risk.bands()).allSatisfy(band -> assertThat(band.longs()).isEqualTo(risk.longs()));
        ShotsOfDepth shots = ShotsOfDepth.of(0.05, DEPTH, book.liquidation(), LINEAR, PRICE, 1);
        assertThat(shots.forcedSaleUsd() + shots.forcedPurchaseUsd()).isZero();
        assertThat(Objects.requireNonNull(WeakestPayers.at(RATE)).hours(book.liquidation(), 0, PRICE, 5))
                .isNull();
    }
}
