package io.plimsoll.server.rules.stories;

import io.plimsoll.schemas.avro.Position;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is not seen of a venue, or seen otherwise than by itself. */
class VenueRulesTest extends RuleStories {

    private static final double PRICE = 100;
    private static final double SIZE = 1_000;

    private int toldApart;

    @BeforeEach
    void openMarket() {
        monitor.instrument("X");
        story.every(Duration.ofMinutes(1));
    }

    @Test
    @StoryOf(value = "coverage-low", subject = "venue:test")
    void shouldTellThatTooLittleIsObserved() {
        monitor.cash("long", 1e6);
        monitor.cash("short", 1e6);
        // Of the side that is observed less.
        monitor.cross("long", "X", 3 * SIZE, PRICE);
        monitor.cross("short", "X", -SIZE, PRICE);

        story.world(() -> monitor.price("X", PRICE, SIZE / 0.0505)).isQuietAt(0.0505);
        story.world(() -> monitor.price("X", PRICE, SIZE / 0.0495))
                .beginsAt(0.0495)
                .firesWhenItHasHeld();
        story.every(Duration.ofMinutes(30)).isRepeated().every(Duration.ofMinutes(1));
        story.world(() -> monitor.price("X", PRICE, SIZE / 0.0595)).staysFiringAt(0.0595);
        story.world(() -> monitor.price("X", PRICE, SIZE / 0.0605)).endsAt(0.0605);
    }

    @Test
    @StoryOf(value = "lines-apart", subject = "venue:test")
    void shouldTellThatTheVenueKnowsOtherLines() {
        // One of twenty-one would be enough, but twenty are too few to tell.
        story.world(() -> lines(20, 2)).isQuietAt(2 / 20.0, 20);
        story.meanwhile(() -> lines(200, 4));
        story.world(() -> lines(200, 10)).isQuietAt(10 / 200.0, 200);
        story.world(() -> lines(200, 11)).beginsAt(11 / 200.0, 200).firesWhenItHasHeld();
        story.every(Duration.ofMinutes(30)).isRepeated().every(Duration.ofMinutes(1));
        story.world(() -> lines(200, 7)).staysFiringAt(7 / 200.0, 200);
        story.world(() -> lines(200, 6)).endsAt(6 / 200.0, 200);
    }

    /** Positions of which the venue says the line, of some another than ours by more than a thousandth. */
    private void lines(int positions, int apart) {
        for (int i = 0; i < positions && apart != toldApart; i++) {
            double ours = i % 2 == 0 ? 80 : 120;
            Position position = Monitor.isolatedPosition(Monitor.VENUE, "a" + i, "X", i % 2 == 0 ? 1 : -1, PRICE, ours);
            position.setVenueLiquidationPrice(i < apart ? ours * 1.0015 : ours * 1.0005);
            position.setVenueMarkPrice(PRICE);
            monitor.position(position);
        }
        toldApart = apart;
        monitor.price("X", PRICE, 10_000);
    }
}
