package io.plimsoll.server.rules.stories;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How feeds do, by the clock: prices and depth of one market, each a feed, and one account. */
class FeedRulesTest extends RuleStories {

    private static final double PRICE = 100;
    private static final double ANY = Double.NaN;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @BeforeEach
    void openFeeds() {
        monitor.instrument("X");
        monitor.looksOften(true);
        story.every(SECOND).world(this::all).goesOn(Duration.ofSeconds(15));
    }

    @Test
    @StoryOf(value = "feed-silent", subject = "prices:test")
    void shouldTellThatPricesDoNotComeAnyMore() {
        // The last price was a second before. After half a minute it has been silent for as long as it may, and then
        // for more.
        story.world(this::depth)
                .isQuietFor(Duration.ofSeconds(29), 29_750)
                .atMost(Duration.ofSeconds(30))
                .beginsAt(30_250)
                .firesWhenItHasHeld()
                .knowsNothingBetween("one record ends the silence");
        monitor.looksOften(false);
        story.atMost(Duration.ZERO).every(Duration.ofSeconds(20)).isRepeated();
        monitor.looksOften(true);
        story.every(SECOND).world(this::all).atMost(SECOND.multipliedBy(2)).endsAt(ANY);
    }

    @Test
    @StoryOf(value = "feed-quiet", subject = "positions:test")
    void shouldTellThatNoPositionsComeAnyMore() {
        Duration step = Duration.ofSeconds(30);
        Duration most = Duration.ofMinutes(15);
        monitor.looksOften(false);
        story.every(step).world(this::all).goesOn(step);

        // The last position was a step before.
        story.world(this::prices).goesOn(most.minus(step).minus(SECOND));
        monitor.looksOften(true);
        story.isQuietFor(SECOND, 899_750);
        monitor.looksOften(false);
        story.atMost(most).beginsAt(900_250).firesWhenItHasHeld().knowsNothingBetween("one record ends the silence");
        story.atMost(Duration.ZERO).isRepeated();
        story.world(this::all).atMost(SECOND.multipliedBy(4)).endsAt(ANY);
    }

    @Test
    @StoryOf(value = "feed-stale", subject = "prices:test")
    void shouldTellThatWhatPricesSayIsOld() {
        story.atMost(SECOND.multipliedBy(2)).precisely(0.02);

        story.world(() -> pricesBehind(59_400)).goesOn(Duration.ofMinutes(1)).isQuietAt(59_400);
        story.world(() -> pricesBehind(60_600)).beginsAt(60_600).firesWhenItHasHeld();
        monitor.looksOften(false);
        story.every(Duration.ofMinutes(5)).isRepeated();
        monitor.looksOften(true);
        story.every(SECOND).world(() -> pricesBehind(20_400)).staysFiringAt(20_400);
        story.world(() -> pricesBehind(19_600)).endsAt(19_600);
    }

    @Test
    @StoryOf(value = "clock-skewed", subject = "prices:test")
    void shouldTellThatPricesAreAheadOfTheClock() {
        // What was ahead by more must be caught up with first.
        story.atMost(SECOND.multipliedBy(5));

        story.world(() -> pricesBehind(-4_950)).isQuietAt(4_950);
        story.world(() -> pricesBehind(-5_050)).beginsAt(5_050).firesWhenItHasHeld();
        monitor.looksOften(false);
        story.every(Duration.ofMinutes(5)).isRepeated();
        monitor.looksOften(true);
        story.every(SECOND).world(() -> pricesBehind(-2_050)).staysFiringAt(2_050);
        story.world(() -> pricesBehind(-1_950)).endsAt(1_950);
    }

    @Test
    @StoryOf(value = "dead-letters", subject = "prices:test")
    void shouldTellThatPricesCannotBeUsed() {
        // One of so many is unusable; a minute's worth counts, in which there may be some of before.
        monitor.looksOften(false);
        monitor.publishesIn(4);
        story.every(Duration.ofSeconds(50)).precisely(0.02);
        Duration counted = Duration.ofSeconds(120);

        story.world(() -> pricesOfWhichOneIsUnusable(100)).goesOn(counted).isQuietAt(0.01);
        story.atMost(SECOND.multipliedBy(4))
                .world(() -> pricesOfWhichOneIsUnusable(99))
                .beginsAt(1 / 99.0)
                .atMost(Duration.ZERO)
                .firesWhenItHasHeld();
        story.world(() -> pricesOfWhichOneIsUnusable(5)).isRepeated();
        story.world(() -> pricesOfWhichOneIsUnusable(196)).goesOn(counted).staysFiringAt(1 / 196.0);
        story.atMost(counted).world(() -> pricesOfWhichOneIsUnusable(200)).endsAt(1 / 200.0);
    }

    private void all() {
        prices();
        monitor.cross("a", "X", 1, PRICE);
    }

    private void prices() {
        depth();
        monitor.price("X", PRICE, 10);
    }

    private void depth() {
        monitor.depth("X", PRICE, 0.01, 10);
    }

    /** Prices whose event time is that far behind the clock, and depth that is not. */
    private void pricesBehind(long ms) {
        monitor.setAhead(-ms);
        monitor.price("X", PRICE, 10);
        monitor.setAhead(0);
        depth();
    }

    private void pricesOfWhichOneIsUnusable(int records) {
        for (int i = 1; i < records; i++) {
            monitor.price("X", PRICE, 10);
        }
        monitor.price("X", -PRICE, 10);
    }
}
