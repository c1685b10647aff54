package io.plimsoll.server.rules.stories;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Open interest that comes and goes, told every minute. */
class FlowRulesTest extends RuleStories {

    private static final double PRICE = 100;
    private static final double OPEN_INTEREST = 100_000;
    private static final double DEPTH = 1_000;

    /** What was said when. */
    private final NavigableMap<Long, Said> said = new TreeMap<>();

    private record Said(double openInterest, double depth) {}

    @BeforeEach
    void openMarket() {
        monitor.instrument("X");
        monitor.cash("long", 1e9);
        monitor.cash("short", 1e9);
        monitor.publishesIn(4);
        story.every(Duration.ofMinutes(1));
    }

    @Test
    @StoryOf("open-interest-up-depth-down")
    void shouldTellThatMoreIsHeldAndLessIsBid() {
        Duration hour = Duration.ofHours(1);
        story.world(() -> says(OPEN_INTEREST, DEPTH)).goesOn(Duration.ofMinutes(70));

        story.world(() -> says(1.11 * OPEN_INTEREST, 0.702 * DEPTH)).isQuietAt(0.11, -0.298);
        story.meanwhile(() -> says(OPEN_INTEREST, DEPTH));
        story.world(() -> says(1.099 * OPEN_INTEREST, 0.69 * DEPTH)).isQuietAt(0.099, -0.31);
        story.world(() -> says(1.101 * OPEN_INTEREST, 0.699 * DEPTH))
                .beginsAt(0.101, -0.301)
                .firesWhenItHasHeld();
        // What has begun goes on while it is slower, hour by hour.
        story.every(Duration.ofMinutes(5))
                .world(() -> says(1.08, 0.75, hour))
                .isRepeated()
                .every(Duration.ofMinutes(1));
        story.world(() -> says(1.051, 0.798, hour)).staysFiringAt(0.051, -0.202);
        story.world(() -> says(1.049, 0.798, hour)).endsAt(0.049, -0.202);
    }

    @Test
    @StoryOf("deleveraging")
    void shouldTellThatPositionsAreBeingClosedByForce() {
        Duration quarter = Duration.ofMinutes(15);
        story.world(() -> says(OPEN_INTEREST, DEPTH)).goesOn(Duration.ofMinutes(20));

        monitor.forced("X", 12_000, PRICE);
        story.world(() -> says(0.971 * OPEN_INTEREST, DEPTH)).isQuietAt(-0.029, 1_200_000);
        story.goesOn(Duration.ofMinutes(5));
        monitor.forced("X", 9_900, PRICE);
        story.world(() -> says(0.969 * OPEN_INTEREST, DEPTH)).isQuietAt(-0.031, 990_000);
        story.world(() -> says(0.969 * OPEN_INTEREST, DEPTH));
        monitor.forced("X", 200, PRICE);
        story.beginsAt(-0.031, 1_010_000).firesWhenItHasHeld();
        story.world(() -> closes(0.98, 3_000, quarter)).isRepeated();
        // Whole minutes are counted: as one begins there are four, of the fifth nothing yet.
        story.world(() -> closes(0.989, 650, quarter))
                .goesOn(Duration.ofMinutes(5))
                .staysFiringAt(-0.011, 325_000);
        story.world(() -> closes(0.991, 650, quarter)).endsAt(-0.009, 325_000);
    }

    @Test
    @StoryOf(value = "system-deleveraging", subject = "system")
    void shouldTellThatAllOfItShrinks() {
        Duration quarter = Duration.ofMinutes(15);
        monitor.publishesIn(6);
        story.world(() -> says(OPEN_INTEREST, DEPTH)).goesOn(Duration.ofMinutes(20));

        story.world(() -> says(0.9505 * OPEN_INTEREST, DEPTH)).isQuietAt(-0.0495);
        story.world(() -> says(0.9495 * OPEN_INTEREST, DEPTH)).beginsAt(-0.0505).firesWhenItHasHeld();
        story.world(() -> says(0.97, 1, quarter)).isRepeated();
        story.world(() -> says(0.979, 1, quarter)).staysFiringAt(-0.021);
        story.world(() -> says(0.981, 1, quarter)).endsAt(-0.019);
    }

    @Test
    @StoryOf("funding-longs-pay")
    void shouldTellThatLongsPay() {
        tellFunding(1);
    }

    @Test
    @StoryOf("funding-shorts-pay")
    void shouldTellThatShortsPay() {
        tellFunding(-1);
    }

    private void tellFunding(int sign) {
        story.world(() -> funding(sign * 0.00099)).isQuietAt(sign * 0.00099);
        story.world(() -> funding(sign * 0.00101)).beginsAt(sign * 0.00101).firesWhenItHasHeld();
        story.every(Duration.ofMinutes(30)).isRepeated().every(Duration.ofMinutes(5));
        story.world(() -> funding(sign * 0.00071)).staysFiringAt(sign * 0.00071);
        story.world(() -> funding(sign * 0.00069)).endsAt(sign * 0.00069);
    }

    /** An hourly rate is told; rules are about eight hours. */
    private void funding(double rate8h) {
        hold(OPEN_INTEREST);
        monitor.price(Records.funding(Monitor.VENUE, "X", PRICE, rate8h / 8, 1.0));
    }

    private void closes(double ofOpenInterest, double forced, Duration before) {
        monitor.forced("X", forced, PRICE);
        says(ofOpenInterest, 1, before);
    }

    /** Shares of what was said that long before. */
    private void says(double ofOpenInterest, double ofDepth, Duration before) {
        Said then = Objects.requireNonNull(said.floorEntry(monitor.nowMs() - before.toMillis()))
                .getValue();
        says(ofOpenInterest * then.openInterest(), ofDepth * then.depth());
    }

    private void says(double openInterest, double depth) {
        said.put(monitor.nowMs(), new Said(openInterest, depth));
        hold(openInterest);
        monitor.depth("X", PRICE, 0.01, depth);
        monitor.price("X", PRICE, 3 * OPEN_INTEREST);
    }

    private void hold(double openInterest) {
        monitor.cross("long", "X", openInterest, PRICE);
        monitor.cross("short", "X", -openInterest, PRICE);
    }
}
