package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertReading;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One rule and one subject, from quiet to over. The test says how the world is, at any moment that it is asked; the story
 * lets time pass and holds the board against what the rule promises.
 */
final class RuleStory {

    /** What a whole story tells. */
    enum Chapter {
        QUIET,
        BEGINS,
        FIRES,
        REPEATS,
        STAYS,
        ENDS
    }

    private static final Duration PUBLISHED = Duration.ofSeconds(4);
    private static final Duration METERED = Duration.ofSeconds(8);

    private final Monitor monitor;
    private final Rule rule;
    private final String subject;
    private final Meter meter;
    private final AlertExpectations expected;
    private final Set<Chapter> told = EnumSet.noneOf(Chapter.class);
    private final List<Alert> unread = new ArrayList<>();
    private Runnable world = () -> {};
    private Duration step = Duration.ofSeconds(10);
    private Duration delay = Duration.ZERO;
    private long saidMs;
    private long nextMs = Long.MAX_VALUE;
    private Alert last = new Alert();

    RuleStory(Monitor monitor, Rule rule, String subject) {
        this.monitor = monitor;
        this.rule = rule;
        this.subject = subject;
        this.meter = new Meter(rule, subject);
        this.expected = new AlertExpectations(rule, subject);
        monitor.rule(rule);
        monitor.rule(meter.rule());
    }

    /** How often the feeds say how the world is; at least the time in which it is published. */
    RuleStory every(Duration time) {
        step = time;
        nextMs = nextStep();
        return this;
    }

    /** How late what is said may reach the rule. */
    RuleStory atMost(Duration late) {
        delay = late;
        return this;
    }

    /** How near readings come to what is expected, relative. */
    RuleStory precisely(double relative) {
        expected.precisely(relative);
        return this;
    }

    /** How the world is from the next step on. */
    RuleStory world(Runnable says) {
        monitor.passTo(Math.floorDiv(monitor.nowMs() + step.toMillis() - 1, step.toMillis()) * step.toMillis());
        world = says;
        saidMs = monitor.nowMs();
        say();
        return this;
    }

    /** How the world is for one step, so that conditions cease to hold which go on holding until then. */
    RuleStory meanwhile(Runnable says) {
        return world(says).goesOn(step);
    }

    /** Lets the world go on as it is. */
    RuleStory goesOn(Duration time) {
        goOnTo(monitor.nowMs() + time.toMillis());
        return this;
    }

    private void goOnTo(long timeMs) {
        while (nextMs < timeMs) {
            monitor.passTo(nextMs);
            say();
        }
        monitor.passTo(timeMs);
        for (Alert alert : monitor.alerts()) {
            if (meter.takes(alert)) {
                continue;
            }
            assertThat(alert.getRuleId()).isEqualTo(rule.getId());
            assertThat(alert.getSubject()).isEqualTo(subject);
            unread.add(alert);
        }
    }

    private void say() {
        world.run();
        nextMs = nextStep();
    }

    private long nextStep() {
        return (Math.floorDiv(monitor.nowMs(), step.toMillis()) + 1) * step.toMillis();
    }

    /** Nothing is said although it stays so for longer than it would have to hold; the values are those of its conditions. */
    RuleStory isQuietAt(double... values) {
        goesOn(METERED.plus(delay));
        expected.values(meter.readAt(saidMs), values);
        goesOn(Duration.ofMillis(rule.getHoldMs()).plus(step));
        assertThat(unread).isEmpty();
        told.add(Chapter.QUIET);
        return this;
    }

    /** Nothing is said after that long, in which the values become those. */
    RuleStory isQuietFor(Duration time, double... values) {
        goesOn(time);
        expected.values(meter.readAt(monitor.nowMs() - Monitor.ROUND.toMillis()), values);
        assertThat(unread).isEmpty();
        told.add(Chapter.QUIET);
        return this;
    }

    /** It is pending, or fires where it need not hold. */
    RuleStory beginsAt(double... values) {
        goesOn(PUBLISHED.plus(delay));
        Alert alert = onlyAlert();
        boolean holds = rule.getHoldMs() > 0;
        assertThat(alert.getStatus()).isEqualTo(holds ? AlertStatus.PENDING : AlertStatus.FIRING);
        assertThat(alert.getSinceMs()).isBetween(saidMs, saidMs + delay.toMillis());
        assertThat(alert.getAsOfMs()).isEqualTo(alert.getSinceMs());
        assertThat(alert.getFiredMs()).isEqualTo(holds ? null : (Long) alert.getSinceMs());
        assertThat(alert.getSequence()).isZero();
        assertThat(alert.getReadings()).allMatch(AlertReading::getHolds);
        if (holds) {
            assertThat(alert.getSentence()).contains("fires when it has held for");
        }
        expected.whole(alert);
        expected.values(alert.getReadings(), values);
        told.add(Chapter.BEGINS);
        last = alert;
        return this;
    }

    /** It fires when it has held for long enough, and not before. */
    RuleStory firesWhenItHasHeld() {
        if (rule.getHoldMs() > 0) {
            long dueMs = last.getSinceMs() + rule.getHoldMs();
            goOnTo(dueMs - Monitor.ROUND.toMillis());
            assertThat(unread).describedAs("before it has held").isEmpty();
            monitor.passTo(dueMs);
            say();
            goesOn(PUBLISHED.plus(delay));
            Alert alert = onlyAlert();
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(alert.getFiredMs()).isEqualTo(dueMs);
            assertNext(alert);
        }
        told.add(Chapter.FIRES);
        return this;
    }

    /** It is written again when it is time, once. */
    RuleStory isRepeated() {
        long dueMs = Objects.requireNonNull(last.getFiredMs()) + Objects.requireNonNull(rule.getRepeatMs());
        goOnTo(dueMs - Monitor.ROUND.toMillis());
        assertThat(unread).describedAs("before it is repeated").isEmpty();
        monitor.passTo(dueMs);
        say();
        goesOn(PUBLISHED.plus(delay));
        Alert alert = onlyAlert();
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.getAsOfMs()).isEqualTo(dueMs);
        assertNext(alert);
        told.add(Chapter.REPEATS);
        return this;
    }

    /** It goes on firing between the threshold and where it ends, for longer than it takes to resolve. */
    RuleStory staysFiringAt(double... values) {
        goesOn(METERED.plus(delay));
        expected.values(meter.readAt(saidMs), values);
        goesOn(Duration.ofMillis(rule.getResolveMs()).plus(step));
        assertThat(unread).allMatch(alert -> alert.getStatus() == AlertStatus.FIRING);
        unread.forEach(this::assertNext);
        unread.clear();
        told.add(Chapter.STAYS);
        return this;
    }

    /** There is nothing between the threshold and where it ends, for that reason. */
    RuleStory knowsNothingBetween(String reason) {
        assertThat(reason).isNotBlank();
        told.add(Chapter.STAYS);
        return this;
    }

    /** It is over when it has not held for long enough, and not before. */
    RuleStory endsAt(double... values) {
        long dueMs = saidMs + rule.getResolveMs();
        goOnTo(dueMs - Monitor.ROUND.toMillis());
        assertThat(unread).extracting(Alert::getStatus).doesNotContain(AlertStatus.RESOLVED);
        unread.forEach(this::assertNext);
        unread.clear();
        monitor.passTo(dueMs);
        if (rule.getResolveMs() > 0) {
            say();
        }
        goesOn(PUBLISHED.plus(delay));
        Alert alert = onlyAlert();
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(alert.getResolvedMs()).isBetween(dueMs, dueMs + delay.toMillis());
        assertThat(alert.getReadings()).anyMatch(reading -> !reading.getHolds());
        assertThat(alert.getSentence()).startsWith("Over at");
        assertNext(alert);
        expected.values(alert.getReadings(), values);
        goesOn(Duration.ofMillis(rule.getHoldMs()).plus(step));
        assertThat(unread).describedAs("after it is over").isEmpty();
        told.add(Chapter.ENDS);
        return this;
    }

    /** Its records since this was last asked, where the story is not told in chapters. */
    List<Alert> news() {
        List<Alert> news = List.copyOf(unread);
        unread.clear();
        return news;
    }

    /** The newest record of it. */
    Alert last() {
        return last;
    }

    /** What has not been told. */
    Set<Chapter> missing() {
        return EnumSet.complementOf(EnumSet.copyOf(told));
    }

    private Alert onlyAlert() {
        assertThat(unread).hasSize(1);
        return unread.remove(0);
    }

    private void assertNext(Alert alert) {
        assertThat(alert.getId()).isEqualTo(last.getId());
        assertThat(alert.getSequence()).isEqualTo(last.getSequence() + 1);
        assertThat(alert.getSinceMs()).isEqualTo(last.getSinceMs());
        expected.whole(alert);
        last = alert;
    }
}
