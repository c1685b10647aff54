package io.plimsoll.risk.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.cycle.SubjectHour.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
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

    /** Levels carried on by ratios of plain sums; means and sums made anew each hour. */
    @Test
    void shouldBeWhatEveryMarketOfEveryHourComesTo() {
        long seed = 31;
        Random random = new Random(seed);
        int markets = 7;
        SubjectHour actual = SubjectHour.NONE;
        double size = UNKNOWN;
        double venueSize = UNKNOWN;
        double depth = UNKNOWN;
        List<@Nullable MarketAtHour> before =
                new ArrayList<>(Collections.nCopies(markets, (@Nullable MarketAtHour) null));
        for (int hour = 0; hour < 200; hour++) {
            List<MarketAtHour> now = new ArrayList<>();
            List<Step> steps = new ArrayList<>();
            for (int market = 0; market < markets; market++) {
                // What is not told of in an hour counts as it was; its forced volume does not.
                boolean silent = hour > 0 && random.nextInt(10) == 0;
                now.add(silent ? Objects.requireNonNull(before.get(market)) : random(hour, random));
                steps.add(step(before.get(market), now.get(market)));
            }
            size = chained(size, before, now, MarketAtHour::size, MarketAtHour::priceUsd);
            venueSize = chained(venueSize, before, now, MarketAtHour::venueSize, MarketAtHour::priceUsd);
            depth = chained(depth, before, now, MarketAtHour::depthUsd, market -> 1);
            actual = actual.next(hour, steps);
            before = new ArrayList<>(now);

            String what = "hour " + hour + ", seed " + seed;
            assertThat(actual.openInterest()).describedAs(what).isCloseTo(size, within(1e-9 * size));
            assertThat(actual.venueOpenInterest()).describedAs(what).isCloseTo(venueSize, within(1e-9 * venueSize));
            assertThat(actual.depth()).describedAs(what).isCloseTo(depth, within(1e-9 * depth));
            double longs = sum(now, MarketAtHour::longNotionalMicroUsd) / sum(now, MarketAtHour::longEquityMicroUsd);
            double shorts = sum(now, MarketAtHour::shortNotionalMicroUsd) / sum(now, MarketAtHour::shortEquityMicroUsd);
            assertThat(actual.skew()).describedAs(what).isCloseTo((longs - shorts) / (longs + shorts), within(1e-12));
            assertThat(actual.leverage())
                    .describedAs(what)
                    .isCloseTo(
                            sum(now, its -> its.longNotionalMicroUsd() + its.shortNotionalMicroUsd())
                                    / sum(now, its -> its.longEquityMicroUsd() + its.shortEquityMicroUsd()),
                            within(1e-9));
            assertThat(actual.basis()).describedAs(what).isCloseTo(mean(now, MarketAtHour::basis), within(1e-12));
            assertThat(actual.funding()).describedAs(what).isCloseTo(mean(now, MarketAtHour::funding), within(1e-12));
            double forced = UNKNOWN;
            for (MarketAtHour its : now) {
                if (its.hour() == hour && !Double.isNaN(its.forcedUsd())) {
                    forced = its.forcedUsd() + (Double.isNaN(forced) ? 0 : forced);
                }
            }
            assertThat(actual.forcedUsd()).describedAs(what).isCloseTo(forced, within(1e-6));
            assertThat(actual.markets()).isEqualTo(markets);
        }
    }

    private static double sum(List<MarketAtHour> markets, ToDoubleFunction<MarketAtHour> value) {
        return markets.stream()
                .mapToDouble(value)
                .filter(known -> !Double.isNaN(known))
                .sum();
    }

    private static double mean(List<MarketAtHour> markets, ToDoubleFunction<MarketAtHour> value) {
        ToDoubleFunction<MarketAtHour> weight =
                its -> its.priceUsd() * (Double.isNaN(its.venueSize()) ? its.size() : its.venueSize());
        List<MarketAtHour> known = markets.stream()
                .filter(its -> !Double.isNaN(value.applyAsDouble(its)) && !Double.isNaN(weight.applyAsDouble(its)))
                .toList();
        return sum(known, its -> weight.applyAsDouble(its) * value.applyAsDouble(its)) / sum(known, weight);
    }

    private static double chained(
            double level,
            List<@Nullable MarketAtHour> before,
            List<MarketAtHour> now,
            ToDoubleFunction<MarketAtHour> size,
            ToDoubleFunction<MarketAtHour> price) {
        double was = 0;
        double is = 0;
        for (int i = 0; i < now.size(); i++) {
            MarketAtHour then = before.get(i);
            if (then != null && !Double.isNaN(size.applyAsDouble(then) + size.applyAsDouble(now.get(i)))) {
                was += size.applyAsDouble(then) * price.applyAsDouble(then);
                is += size.applyAsDouble(now.get(i)) * price.applyAsDouble(then);
            }
        }
        if (Double.isNaN(level)) {
            return sum(now, its -> size.applyAsDouble(its) * price.applyAsDouble(its));
        }
        // Where no market is known in both hours the level is taken to go on.
        return was == 0 ? level : level * is / was;
    }

    private static MarketAtHour random(long hour, Random random) {
        double size = 1 + random.nextInt(1_000);
        double price = Math.exp(random.nextGaussian());
        long micro = Math.round(1e6 * size * price);
        return new MarketAtHour(
                hour,
                random.nextInt(20) == 0 ? UNKNOWN : size,
                random.nextInt(3) == 0 ? UNKNOWN : 3 * size * random.nextDouble(),
                price,
                micro,
                micro / 2,
                micro / (2 + random.nextInt(20)),
                micro / (2 + random.nextInt(20)),
                random.nextInt(4) == 0 ? UNKNOWN : 0.01 * random.nextGaussian(),
                random.nextInt(4) == 0 ? UNKNOWN : 0.0001 * random.nextGaussian(),
                random.nextInt(4) == 0 ? UNKNOWN : 1_000 * random.nextDouble(),
                random.nextInt(4) == 0 ? UNKNOWN : 1_000 * random.nextDouble());
    }

    private static Step step(@Nullable MarketAtHour before, MarketAtHour now) {
        return new Step(before, now);
    }

    private static MarketAtHour market(long hour, double size, double priceUsd) {
        return new MarketAtHour(hour, size, UNKNOWN, priceUsd, 0, 0, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }
}
