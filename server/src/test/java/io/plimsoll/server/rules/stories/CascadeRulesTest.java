package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.AlertContributor;
import io.plimsoll.schemas.avro.Price;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a shock would set off in one market: ten accounts, one after the other, into a book that does not hold them. */
class CascadeRulesTest extends RuleStories {

    private static final int ACCOUNTS = 10;
    private static final double SIZE = 100;
    private static final double OPEN_INTEREST = 4_000;

    /** Width of a bucket of the ladder in ln(price): a line is known to be in it, no more. */
    private static final double BUCKET = 0.001;

    private double held;

    @BeforeEach
    void openMarket() {
        monitor.instrument("X");
        monitor.publishesIn(4);
    }

    @Test
    @StoryOf("tipping-point-down")
    void shouldTellOfATippingPointBelow() {
        for (int i = 0; i < ACCOUNTS; i++) {
            monitor.isolated("a" + i, "X", SIZE, 100, 95 - 0.5 * i);
        }
        double tip = Math.exp((Math.floor(Math.log(95) / BUCKET) + 1) * BUCKET);

        story.world(() -> book(tip / (1 - 0.0505))).isQuietAt(0.0505);
        story.world(() -> book(tip / (1 - 0.0495))).beginsAt(0.0495).firesWhenItHasHeld();
        assertThat(story.last().getContributors())
                .extracting(AlertContributor::getKind)
                .contains("bucket", "account");
        assertThat(story.last().getContributors().get(0).getName()).startsWith("at a fall to 95");
        story.every(Duration.ofMinutes(5)).isRepeated();
        story.world(() -> book(tip / (1 - 0.0595))).staysFiringAt(0.0595);
        story.world(() -> book(tip / (1 - 0.0605))).endsAt(0.0605);
    }

    @Test
    @StoryOf("tipping-point-up")
    void shouldTellOfATippingPointAbove() {
        for (int i = 0; i < ACCOUNTS; i++) {
            monitor.isolated("a" + i, "X", -SIZE, 100, 105 + 0.5 * i);
        }
        double tip = Math.exp(Math.floor(Math.log(105) / BUCKET) * BUCKET);

        story.world(() -> book(tip / (1 + 0.0505))).isQuietAt(0.0505);
        story.world(() -> book(tip / (1 + 0.0495))).beginsAt(0.0495).firesWhenItHasHeld();
        assertThat(story.last().getContributors().get(0).getName()).startsWith("at a rise to 10");
        story.every(Duration.ofMinutes(5)).isRepeated();
        story.world(() -> book(tip / (1 + 0.0595))).staysFiringAt(0.0595);
        story.world(() -> book(tip / (1 + 0.0605))).endsAt(0.0605);
    }

    /** A book of a hundred per percent. */
    private void book(double price) {
        monitor.price("X", price, OPEN_INTEREST);
        monitor.depth("X", price, 0.02, 200);
    }

    @Test
    @StoryOf("amplification-down")
    void shouldTellThatAFallIsMadeHalfAsLargeAgain() {
        for (int i = 0; i < ACCOUNTS; i++) {
            monitor.isolated("a" + i, "X", SIZE, 100, 97);
        }

        story.world(() -> bookThatAmplifies(1.49)).isQuietAt(1.49);
        story.world(() -> bookThatAmplifies(1.51)).beginsAt(1.51).firesWhenItHasHeld();
        assertThat(story.last().getContributors())
                .extracting(AlertContributor::getName)
                .contains("largest 5 of a fall by 10 %");
        story.every(Duration.ofMinutes(5)).isRepeated();
        story.world(() -> bookThatAmplifies(1.41)).staysFiringAt(1.41);
        story.world(() -> bookThatAmplifies(1.39)).endsAt(1.39);
    }

    /** All that is forced by 5 % is met evenly within 5 %: it moves the price by 5 % times its share of what is there. */
    private void bookThatAmplifies(double amplification) {
        monitor.price("X", 100, OPEN_INTEREST);
        monitor.depth("X", 100, 0.05, ACCOUNTS * SIZE / (amplification - 1));
    }

    @Test
    @StoryOf("bad-debt-beyond-fund")
    void shouldTellThatTheFundDoesNotHold() {
        double size = 1e6;
        double line = 99;
        monitor.isolated("a", "X", size, 100, line);
        // Bankrupt 5 % below its line, and so 10 % below the price it owes the rest; bankruptcies are rounded up to
        // buckets.
        double bankrupt = Math.exp((Math.floor(Math.log(line * 0.95) / BUCKET) + 1) * BUCKET);
        double owed = size * (bankrupt - 90);
        story.precisely(0.002);

        story.world(() -> fund(owed - 990_000)).isQuietAt(990_000);
        story.world(() -> fund(owed - 1_010_000)).beginsAt(1_010_000).firesWhenItHasHeld();
        assertThat(story.last().getContributors())
                .extracting(AlertContributor::getName)
                .contains("largest 1 of a fall by 10 %");
        story.every(Duration.ofMinutes(5)).isRepeated();
        story.world(() -> fund(owed - 505_000)).staysFiringAt(505_000);
        story.world(() -> fund(owed - 495_000)).endsAt(495_000);
    }

    /** A book so deep that a fall by 10 % rests there. */
    private void fund(double usd) {
        monitor.price(new Price(Monitor.VENUE, "X", 100.0, null, null, null, 4e6, 1.0, null, usd));
        monitor.depth("X", 100, 0.1, 1e12);
    }

    @Test
    @StoryOf("concentration")
    void shouldTellThatItIsFive() {
        for (int i = 0; i < 5; i++) {
            monitor.isolated("large" + i, "X", 1_000, 1_000, 950);
        }

        // A share of five thousand in all; a thousand dollars each, so that below ten thousand it is too little.
        story.world(() -> others(9_900)).isQuietAt(5_000 / 9_900.0, 9_900e3);
        story.meanwhile(() -> others(20_000));
        story.world(() -> others(12_600)).isQuietAt(5_000 / 12_600.0, 12_600e3);
        story.world(() -> others(12_400)).beginsAt(5_000 / 12_400.0, 12_400e3).firesWhenItHasHeld();
        assertThat(story.last().getContributors())
                .extracting(AlertContributor::getName)
                .contains("largest 5 of a fall by 10 %");
        story.every(Duration.ofMinutes(30)).isRepeated();
        story.every(Duration.ofSeconds(50));
        story.world(() -> others(14_100)).staysFiringAt(5_000 / 14_100.0, 14_100e3);
        story.world(() -> others(14_400)).endsAt(5_000 / 14_400.0, 14_400e3);
    }

    /** Twenty others of equal size, so that it comes to that much. */
    private void others(double total) {
        for (int i = 0; i < 20 && total != held; i++) {
            monitor.isolated("small" + i, "X", (total - 5_000) / 20, 1_000, 940);
        }
        held = total;
        monitor.price("X", 1_000, 40_000);
        monitor.depth("X", 1_000, 0.1, 1e12);
    }
}
