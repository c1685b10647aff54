package io.plimsoll.risk.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.cycle.SubjectHour.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubjectHourTest {

    private static final double UNKNOWN = Double.NaN;

    @Test
    void shouldNotTakeAPriceForATrade() {
        SubjectHour first =
                SubjectHour.NONE.next(1, List.of(step(null, market(1, 10, 100)), step(null, market(1, 4, 50))));

        SubjectHour fallen = first.next(
                2, List.of(step(market(1, 10, 100), market(2, 10, 60)), step(market(1, 4, 50), market(2, 4, 50))));
        SubjectHour closed = fallen.next(
                3, List.of(step(market(2, 10, 60), market(3, 5, 60)), step(market(2, 4, 50), market(3, 4, 50))));

        assertThat(first.openInterest()).isEqualTo(1_200);
        assertThat(fallen.openInterest()).isEqualTo(1_200);
        // Of 600 + 200 dollars 300 have been closed.
        assertThat(closed.openInterest()).isCloseTo(1_200 * 500.0 / 800.0, within(1e-9));
    }

    @Test
    void shouldNotTakeAMarketThatComesOrGoesForATrade() {
        SubjectHour first = SubjectHour.NONE.next(1, List.of(step(null, market(1, 10, 100))));

        SubjectHour joined =
                first.next(2, List.of(step(market(1, 10, 100), market(2, 11, 100)), step(null, market(2, 900, 100))));
        SubjectHour alone = joined.next(3, List.of(step(market(2, 900, 100), market(3, 900, 100))));

        assertThat(joined.openInterest()).isCloseTo(1_100, within(1e-9));
        assertThat(alone.openInterest()).isCloseTo(1_100, within(1e-9));
        assertThat(alone.markets()).isEqualTo(1);
    }

    @Test
    void shouldAddUpWhatAddsUpAndWeighWhatDoesNot() {
        MarketAtHour large = new MarketAtHour(
                1, 30, UNKNOWN, 100, 3_000_000_000L, 3_000_000_000L, 600_000_000L, 300_000_000L, 0.002, 0.0003, 500, 7);
        MarketAtHour small =
                new MarketAtHour(1, 1, 10, 100, 100_000_000L, 0, 100_000_000L, 0, -0.002, UNKNOWN, UNKNOWN, UNKNOWN);
        MarketAtHour silent = new MarketAtHour(0, 0, UNKNOWN, 1, 0, 0, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, 1_000);

        SubjectHour hour = SubjectHour.NONE.next(1, List.of(step(null, large), step(null, small), step(null, silent)));

        assertThat(hour.leverage()).isCloseTo(6_100.0 / 1_000.0, within(1e-12));
        double longs = 3_100.0 / 700.0;
        double shorts = 3_000.0 / 300.0;
        assertThat(hour.skew()).isCloseTo((longs - shorts) / (longs + shorts), within(1e-12));
        assertThat(hour.basis())
                .describedAs("weighed by 3,000 observed and 1,000 that the venue says")
                .isCloseTo((3_000 * 0.002 - 1_000 * 0.002) / 4_000, within(1e-15));
        assertThat(hour.funding()).isCloseTo(0.0003, within(1e-15));
        assertThat(hour.venueOpenInterest()).isEqualTo(1_000);
        assertThat(hour.depth()).isEqualTo(500);
        assertThat(hour.forcedUsd())
                .describedAs("what was forced in another hour is not")
                .isEqualTo(7);
    }

    @Test
    void shouldSayThatItDoesNotKnow() {
        SubjectHour hour = SubjectHour.NONE.next(1, List.of(step(null, market(1, 0, 100))));

        assertThat(hour.openInterest()).isNaN();
        assertThat(hour.leverage()).isNaN();
        assertThat(hour.basis()).isNaN();
        assertThat(hour.forcedUsd()).isNaN();
        assertThat(hour.depth()).isNaN();
    }

    @Test
    void shouldBeTheProductOfTheHoursChanges() {
        long seed = 31;
        Random random = new Random(seed);
        int hours = 200;
        int markets = 7;
        double[][] sizes = new double[hours][markets];
        double[][] prices = new double[hours][markets];
        for (int hour = 0; hour < hours; hour++) {
            for (int market = 0; market < markets; market++) {
                sizes[hour][market] = random.nextInt(20) == 0 ? UNKNOWN : 1 + random.nextInt(1_000);
                prices[hour][market] = Math.exp(random.nextGaussian());
            }
        }

        SubjectHour level = SubjectHour.NONE;
        double expected = UNKNOWN;
        for (int hour = 0; hour < hours; hour++) {
            List<Step> steps = new ArrayList<>();
            double all = 0;
            double was = 0;
            double is = 0;
            for (int market = 0; market < markets; market++) {
                double now = sizes[hour][market];
                MarketAtHour before =
                        hour == 0 ? null : market(hour - 1, sizes[hour - 1][market], prices[hour - 1][market]);
                steps.add(step(before, market(hour, now, prices[hour][market])));
                all += Double.isNaN(now) ? 0 : now * prices[hour][market];
                if (hour > 0 && !Double.isNaN(now) && !Double.isNaN(sizes[hour - 1][market])) {
                    was += sizes[hour - 1][market] * prices[hour - 1][market];
                    is += now * prices[hour - 1][market];
                }
            }
            expected = hour == 0 ? all : expected * is / was;
            level = level.next(hour, steps);

            assertThat(level.openInterest())
                    .describedAs("hour %d, seed %d", hour, seed)
                    .isCloseTo(expected, within(1e-9 * expected));
        }
    }

    private static Step step(@Nullable MarketAtHour before, MarketAtHour now) {
        return new Step(before, now);
    }

    private static MarketAtHour market(long hour, double size, double priceUsd) {
        return new MarketAtHour(hour, size, UNKNOWN, priceUsd, 0, 0, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }
}
