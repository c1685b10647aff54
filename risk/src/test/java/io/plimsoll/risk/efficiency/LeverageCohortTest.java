package io.plimsoll.risk.efficiency;

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
import io.plimsoll.risk.distribution.RandomBook;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cohorts, borrowed money and profits against a list of every position. */
class LeverageCohortTest {

    private static final double PRICE = 50_000;
    private static final double AFTER = 50_700;
    private static final Contract LINEAR = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(0.005));
    private static final Contract INVERSE = Holdings.inverse(VenueModel.GENERIC, "BTC", Holdings.flat(0.005));

    @ParameterizedTest(name = "{0}, {1} slices, seed {2}")
    @CsvSource({"LINEAR, 1, 1", "LINEAR, 3, 2", "LINEAR, 7, 3", "INVERSE, 1, 4", "INVERSE, 3, 5", "INVERSE, 7, 6"})
    void shouldComeToWhatEveryPositionComesTo(Shape shape, int slices, long seed) {
        Contract contract = shape == Shape.INVERSE ? INVERSE : LINEAR;
        RandomBook book = new RandomBook(contract, slices, new Random(seed)).turnOver(2_000, PRICE);

        for (Side side : Side.values()) {
            List<LeverageCohort> cohorts = LeverageCohort.of(side, contract, book.equityLines(), PRICE, 1);
            double notionals = 0;
            double profits = 0;
            double borrowed = 0;
            double equities = 0;
            double errors = 0;
            for (OpenPosition position : book.positions()) {
                if (position.side() == side) {
                    double notional = PlainPosition.notional(position, PRICE);
                    double share = PlainPosition.share(position, PRICE);
                    notionals += notional;
                    equities += notional * share;
                    borrowed += notional * (1 - Math.max(0, Math.min(1, share)));
                    profits += PlainPosition.profitUsd(position, PRICE, AFTER);
                    errors += notional * error(side, shape, share);
                }
            }
            String what = side + ", seed " + seed;
            double rounding = 1e-6 * notionals;
            assertThat(cohorts.stream().mapToDouble(LeverageCohort::notionalUsd).sum())
                    .describedAs(what)
                    .isCloseTo(notionals, within(rounding));
            assertThat(cohorts.stream().mapToDouble(LeverageCohort::equityUsd).sum())
                    .describedAs(what)
                    .isCloseTo(equities, within(errors + rounding));
            assertThat(cohorts.stream().mapToDouble(LeverageCohort::borrowedUsd).sum())
                    .describedAs(what)
                    .isCloseTo(borrowed, within(errors + rounding));
            assertThat(cohorts.stream()
                            .mapToDouble(cohort -> earned(side, cohort))
                            .sum())
                    .describedAs(what)
                    .isCloseTo(profits, within(rounding));
            for (LeverageCohort cohort : cohorts) {
                assertCohort(what, shape, book, cohort);
            }
        }
    }

    /** What surely belongs to the cohort is in it, and nothing but what perhaps does. */
    private static void assertCohort(String what, Shape shape, RandomBook book, LeverageCohort cohort) {
        double surely = 0;
        double perhaps = 0;
        for (OpenPosition position : book.positions()) {
            if (position.side() == cohort.side()) {
                double share = PlainPosition.share(position, PRICE);
                double error = error(cohort.side(), shape, share);
                boolean low = isIn(cohort, share - error);
                boolean high = isIn(cohort, share + error);
                surely += low && high ? PlainPosition.notional(position, PRICE) : 0;
                perhaps += low || high ? PlainPosition.notional(position, PRICE) : 0;
            }
        }
        assertThat(cohort.notionalUsd())
                .describedAs("%s from %s", what, cohort.from())
                .isBetween(surely * (1 - 1e-6) - 1, perhaps * (1 + 1e-6) + 1);
    }

    private static boolean isIn(LeverageCohort cohort, double share) {
        if (Double.isInfinite(cohort.from())) {
            return share <= 0;
        }
        return share > 0 && 1 / share >= cohort.from() && 1 / share < cohort.below();
    }

    private static double earned(Side side, LeverageCohort cohort) {
        return CohortEarnings.ofHour(side.sign(), cohort.notionalUsd(), cohort.equityUsd(), AFTER / PRICE - 1)
                .profitUsd();
    }

    private static double error(Side side, Shape shape, double share) {
        return EquityLine.SHARE_ERROR * 1.001 * Math.abs(1 - EquityLine.direction(side, shape) * share) + 1e-6;
    }

    @Test
    void shouldForgetPositionsThatAreClosed() {
        RandomBook book = new RandomBook(LINEAR, 7, new Random(10)).turnOver(1_000, PRICE);
        book.closeAll();

        assertThat(LeverageCohort.of(Side.LONG, LINEAR, book.equityLines(), PRICE, 1))
                .hasSize(LeverageCohort.COUNT)
                .allSatisfy(cohort -> assertThat(cohort.notionalUsd() + cohort.equityUsd() + cohort.borrowedUsd())
                        .isZero());
    }

    @Test
    void shouldSayWhatIsBorrowed() {
        RandomBook book = new RandomBook(LINEAR, 1, new Random(1));
        book.open("v:ten", Holdings.isolated(LINEAR, 1, PRICE, PRICE / 10));
        book.open("v:paid", Holdings.isolated(LINEAR, 1, PRICE, 2 * PRICE));
        book.open("v:gone", Holdings.isolated(LINEAR, 1, 1.2 * PRICE, PRICE / 10));

        List<LeverageCohort> longs = LeverageCohort.of(Side.LONG, LINEAR, book.equityLines(), PRICE, 1);

        assertThat(longs.get(0).borrowedUsd()).describedAs("paid in full").isCloseTo(0, within(1e-6));
        assertThat(longs.get(0).equityUsd()).isCloseTo(2 * PRICE, within(0.002 * PRICE));
        assertThat(longs.stream().mapToDouble(LeverageCohort::borrowedUsd).sum())
                .describedAs("nine tenths of one, all of another")
                .isCloseTo(1.9 * PRICE, within(0.001 * PRICE));
        assertThat(longs.get(5).notionalUsd()).isCloseTo(PRICE, within(1e-6 * PRICE));
        assertThat(longs.get(5).equityUsd()).isCloseTo(-0.1 * PRICE, within(0.001 * PRICE));
    }
}
