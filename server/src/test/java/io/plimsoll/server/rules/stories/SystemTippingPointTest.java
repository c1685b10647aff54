package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.schemas.avro.AlertContributor;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fall of all prices, as looks at all accounts find it: a while later, and in buckets of 0.25 %. */
class SystemTippingPointTest extends RuleStories {

    private static final int ACCOUNTS = 10;
    private static final double SIZE = 100;
    private static final double BUCKET = 0.0025;
    private static final Duration NEXT_LOOK = Duration.ofSeconds(14);

    @BeforeEach
    void openMarkets() {
        monitor.instrument("X");
        monitor.instrument("Y");
        for (int i = 0; i < ACCOUNTS; i++) {
            monitor.isolated("a" + i, "X", SIZE, 100, 95 - 0.5 * i);
        }
        monitor.cash("calm", 1e9);
        story.atMost(NEXT_LOOK);
    }

    @Test
    @StoryOf(value = "system-tipping-point", subject = "system")
    void shouldTellOfATippingPointOfAllMarkets() {
        story.world(() -> markets(20, 0.495)).isQuietAt(edge(20), 0.495);
        story.meanwhile(() -> markets(28, 0.55)).goesOn(NEXT_LOOK);
        story.world(() -> markets(21, 0.505)).isQuietAt(edge(21), 0.505);
        story.world(() -> markets(20, 0.505)).beginsAt(edge(20), 0.505).firesWhenItHasHeld();
        assertThat(story.last().getContributors())
                .extracting(AlertContributor::getKind, AlertContributor::getName)
                .containsExactly(tuple("market", Monitor.X));
        story.every(Duration.ofMinutes(5)).isRepeated().every(Duration.ofSeconds(10));
        story.world(() -> markets(24, 0.41)).staysFiringAt(edge(24), 0.41);
        story.world(() -> markets(25, 0.41)).endsAt(edge(25), 0.41);
    }

    /** A fall to the lower edge of a bucket: from there on somebody may be liquidated. */
    private static double edge(int bucket) {
        return 1 - Math.exp(-BUCKET * bucket);
    }

    /**
     * X, whose first account falls in the middle of a bucket of common shocks, and Y, of whose impact nothing is known.
     *
     * @param covered share of X in the open interest of both
     */
    private void markets(int bucket, double covered) {
        double price = 95 * Math.exp(BUCKET * (bucket + 0.5));
        double notional = ACCOUNTS * SIZE * price;
        monitor.cross("calm", "Y", notional * (1 / covered - 1), 1);
        monitor.price("Y", 1, 1e6);
        monitor.depth("X", price, 0.02, 50);
        monitor.price("X", price, 4_000);
    }
}
