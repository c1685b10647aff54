package io.plimsoll.server.rules.stories;

import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prices and order books that cannot be what they are told to be. */
class BlindMarketRulesTest extends RuleStories {

    private static final double PRICE = 100;
    private static final double LARGE = 200_000;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static final Duration AND_A_STEP = TEN_MINUTES.plusSeconds(30);

    private double size = LARGE;
    private double from = PRICE;
    private long sinceMs;
    private double drift;

    @BeforeEach
    void openMarket() {
        monitor.instrument("X");
        monitor.cash("long", 1e9);
        monitor.cash("short", 1e9);
        hold(LARGE);
    }

    @Test
    @StoryOf("price-frozen")
    void shouldTellOfAPriceThatStandsStill() {
        monitor.publishesIn(2);
        story.every(Duration.ofSeconds(30)).precisely(1e-4);

        size = 9_950_000 / PRICE;
        jumpsThenDrifts(1, 0.99e-5).goesOn(AND_A_STEP).isQuietAt(0.99e-5, 0.99e-5, 9_950_000);
        size = LARGE;
        jumpsThenDrifts(1.01, 1.01e-5).goesOn(AND_A_STEP).isQuietAt(1.01e-5, 1.01e-5, LARGE * price());
        jumpsThenDrifts(0.99, -1.01e-5).goesOn(AND_A_STEP).isQuietAt(-1.01e-5, -1.01e-5, LARGE * price());
        jumpsThenDrifts(1.01, 0.99e-5)
                .atMost(TEN_MINUTES)
                .beginsAt(0.99e-5, 0.99e-5, LARGE * price())
                .atMost(Duration.ZERO)
                .firesWhenItHasHeld()
                .isRepeated();
        jumpsThenDrifts(1, 1.95e-5).goesOn(AND_A_STEP).staysFiringAt(1.95e-5, 1.95e-5, LARGE * price());
        story.precisely(0.01);
        jumpsThenDrifts(1.01, 5e-5).endsAt(0.01, 0.01, LARGE * price());
    }

    /** A price that is at once another, and from there on goes by so much, relative, in each ten minutes. */
    private RuleStory jumpsThenDrifts(double jump, double inTenMinutes) {
        return story.world(() -> {
            if (drift != inTenMinutes) {
                from = price() * jump;
                sinceMs = monitor.nowMs();
                drift = inTenMinutes;
                hold(size);
            }
            monitor.price("X", price(), 10 * LARGE);
        });
    }

    private double price() {
        double times = (double) (monitor.nowMs() - sinceMs) / TEN_MINUTES.toMillis();
        return from * Math.pow(1 + drift, times);
    }

    @Test
    @StoryOf("depth-frozen")
    void shouldTellOfABookThatStandsStillWhileThePriceMoves() {
        story.world(() -> book(PRICE, 10, null)).goesOn(Duration.ofMinutes(2));

        // A tenth of a percent is a move; as long as it is less, a book may well be the same.
        story.world(() -> book(PRICE * Math.exp(0.00099), 10, null))
                .goesOn(Duration.ofMinutes(2))
                .isQuietAt(0);
        story.world(() -> book(PRICE * Math.exp(0.00101), 10, null)).beginsAt(1).firesWhenItHasHeld();
        story.every(Duration.ofMinutes(5)).isRepeated().every(Duration.ofSeconds(10));
        story.knowsNothingBetween("it is frozen or not");
        story.world(() -> book(PRICE * Math.exp(0.00101), 10.1, null)).endsAt(0);
    }

    @Test
    @StoryOf("depth-crossed")
    void shouldTellOfOrdersWhereTheyCannotBe() {
        // Bids at mid on average, to the digits that a venue's average has; a bit above it.
        story.world(() -> book(PRICE, 10, PRICE * (1 + 0.9e-9))).isQuietAt(0);
        story.world(() -> book(PRICE, 10, PRICE * (1 + 1.1e-9))).beginsAt(1).firesWhenItHasHeld();
        story.every(Duration.ofMinutes(5)).isRepeated().every(Duration.ofSeconds(10));
        story.knowsNothingBetween("it is crossed or not");
        story.world(() -> book(PRICE, 10, PRICE)).endsAt(0);
    }

    private void book(double mid, double quantity, @Nullable Double bidAverage) {
        monitor.depth(new Depth(
                Monitor.VENUE, "X", mid, List.of(new DepthLevel(0.01, quantity, quantity, bidAverage, null))));
        monitor.price("X", mid, 10 * LARGE);
    }

    private void hold(double each) {
        monitor.cross("long", "X", each, PRICE);
        monitor.cross("short", "X", -each, PRICE);
    }
}
