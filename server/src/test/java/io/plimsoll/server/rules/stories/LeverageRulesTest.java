package io.plimsoll.server.rules.stories;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Leverage at its extremes of 30 days. One long and one short of the same size with the same cash: as the price rises,
 * leverage rises with what they hold, and shorts lose their equity; as it falls longs do.
 */
class LeverageRulesTest extends RuleStories {

    /** Samples of 30 days, one in three hours. */
    private static final int SAMPLES = 240;

    private static final Duration BETWEEN = Duration.ofHours(3);
    private static final double ENTRY = 100;
    private static final double CASH_PER_UNIT = 50;
    private static final double LARGE = 200_000;

    /** Too small for anybody to care. */
    private static final double SMALL = 20_000;

    /** What was said first in each three hours. */
    private final NavigableMap<Long, Double> priceBySample = new TreeMap<>();

    private double size = SMALL;
    private double held;

    @BeforeEach
    void openMarket() {
        monitor.instrument("X");
        monitor.publishesIn(1);
        story.every(BETWEEN)
                .world(() -> says(level((int) (monitor.nowMs() / BETWEEN.toMillis() % SAMPLES) * 97 % SAMPLES)));
        story.goesOn(BETWEEN.multipliedBy(SAMPLES)).every(Duration.ofMinutes(5));
        monitor.publishesIn(2);
    }

    @Test
    @StoryOf("leverage-high")
    void shouldTellOfTheHighestLeverageOfAMonth() {
        tell(LeverageRulesTest::leverage, false);
    }

    @Test
    @StoryOf("leverage-skew-long")
    void shouldTellThatLongsAreTheMoreLeveraged() {
        tell(LeverageRulesTest::skew, true);
    }

    @Test
    @StoryOf("leverage-skew-short")
    void shouldTellThatShortsAreTheMoreLeveraged() {
        tell(LeverageRulesTest::skew, false);
    }

    /**
     * @param metric of a price
     * @param low whether the price is at its low, else at its high
     */
    private void tell(DoubleUnaryOperator metric, boolean low) {
        size = 9_950_000 / extreme(238.5, low);
        story.world(() -> says(extreme(238.5, low))).isQuietAt(rank(metric, extreme(238.5, low)), 9_950_000);
        size = LARGE;
        story.meanwhile(() -> says(level(120)));
        // Beyond 237 of 240, and as far as one: the last step before 99 %.
        story.world(() -> says(extreme(237, low))).isQuietAt(rank(metric, extreme(237, low)), usd(extreme(237, low)));
        story.world(() -> says(extreme(237.5, low)))
                .beginsAt(rank(metric, extreme(237.5, low)), usd(extreme(237.5, low)))
                .firesWhenItHasHeld();
        story.every(Duration.ofMinutes(30)).isRepeated().every(Duration.ofMinutes(5));
        story.world(() -> says(extreme(234.5, low)))
                .staysFiringAt(rank(metric, extreme(234.5, low)), usd(extreme(234.5, low)));
        story.world(() -> says(extreme(220.5, low)))
                .endsAt(rank(metric, extreme(220.5, low)), usd(extreme(220.5, low)));
    }

    private void says(double price) {
        priceBySample.putIfAbsent(monitor.nowMs() / BETWEEN.toMillis(), price);
        if (held != size) {
            monitor.cash("long", CASH_PER_UNIT * size);
            monitor.cross("long", "X", size, ENTRY);
            monitor.cash("short", CASH_PER_UNIT * size);
            monitor.cross("short", "X", -size, ENTRY);
            held = size;
        }
        monitor.price("X", price, 10 * LARGE);
    }

    /** Prices of the month, in no order of time: as many are below as it says. */
    private static double level(double below) {
        return ENTRY - 12 + 0.1 * below;
    }

    private static double extreme(double beyond, boolean low) {
        return low ? level(SAMPLES - 1 - beyond) : level(beyond);
    }

    private double usd(double price) {
        return size * price;
    }

    private static double leverage(double price) {
        return price / CASH_PER_UNIT;
    }

    private static double skew(double price) {
        double longs = price / (CASH_PER_UNIT + price - ENTRY);
        double shorts = price / (CASH_PER_UNIT + ENTRY - price);
        return (longs - shorts) / (longs + shorts);
    }

    /** Share of the last 240 samples below the metric at a price, equal ones counted half. */
    private double rank(DoubleUnaryOperator metric, double price) {
        long present = monitor.nowMs() / BETWEEN.toMillis();
        double value = metric.applyAsDouble(price);
        return priceBySample.subMap(present - SAMPLES, present).values().stream()
                        .mapToDouble(each -> metric.applyAsDouble(each))
                        .map(each -> each < value ? 1 : each == value ? 0.5 : 0)
                        .sum()
                / SAMPLES;
    }
}
