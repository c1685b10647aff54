package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertContributor;
import io.plimsoll.schemas.avro.AlertStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A large account on its way to its line. */
class AccountRulesTest extends RuleStories {

    private static final double LINE = 95;
    private static final double SIZE = 200_000;

    @Test
    @StoryOf(value = "large-account-near-line", subject = "test:whale")
    void shouldTellOfALargeAccountNearItsLine() {
        monitor.instrument("X");

        // As near, but not as large.
        monitor.isolated("whale", "X", 9_900_000 * (1 - 0.0198) / LINE, 100, LINE);
        story.world(() -> away(0.0198)).isQuietAt(0.0198, 9_900_000);
        story.meanwhile(() -> away(0.04));
        monitor.isolated("whale", "X", SIZE, 100, LINE);
        story.world(() -> away(0.0202)).isQuietAt(0.0202, SIZE * LINE / 0.9798);
        story.world(() -> away(0.0198)).beginsAt(0.0198, SIZE * LINE / 0.9802).firesWhenItHasHeld();
        assertThat(story.last().getContributors())
                .extracting(AlertContributor::getKind, AlertContributor::getName)
                .containsExactly(tuple("market", Monitor.X));
        story.every(Duration.ofMinutes(1)).isRepeated().every(Duration.ofSeconds(10));
        story.world(() -> away(0.0295)).staysFiringAt(0.0295, SIZE * LINE / 0.9705);
        story.world(() -> away(0.0305)).endsAt(0.0305, SIZE * LINE / 0.9695);
    }

    @Test
    @StoryOf(value = "large-account-near-line", subject = "test:whale", whole = false)
    void shouldEndThoughTheAccountGoesFromItsLineSlowly() {
        // At a hundredfold leverage an account is no longer watched while it is still within 2 %.
        monitor.instrument(Records.instrument(Monitor.VENUE, "X", 100));
        double margin = SIZE * (0.005 * LINE + 100 - LINE);
        monitor.position(Records.position(Monitor.VENUE, "whale", "X", SIZE, 100, margin));
        story.world(() -> away(0.004)).goesOn(Duration.ofSeconds(20));
        assertThat(story.news()).extracting(Alert::getStatus).containsExactly(AlertStatus.PENDING, AlertStatus.FIRING);

        story.meanwhile(() -> away(0.006)).meanwhile(() -> away(0.03)).world(() -> away(0.2));
        story.goesOn(Duration.ofMinutes(2));

        assertThat(story.news()).extracting(Alert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    /** A price from which the line is that far below. */
    private void away(double distance) {
        monitor.price("X", LINE / (1 - distance), 1e6);
    }
}
