package io.plimsoll.risk.alert;

import static io.plimsoll.risk.alert.AlertStory.BTC;
import static io.plimsoll.risk.alert.AlertStory.above;
import static io.plimsoll.risk.alert.AlertStory.below;
import static io.plimsoll.risk.alert.AlertStory.ms;
import static io.plimsoll.risk.alert.AlertStory.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class AlertLifecycleTest {

    private static final long HOLD_MS = 60_000;
    private static final AlertRule HIGH = rule("high", 0, 0, null, above("leverage", 10, 8.0));
    private static final AlertRule HIGH_FOR_LONG = rule("high", HOLD_MS, 0, null, above("leverage", 10, 8.0));

    @Test
    void shouldStayQuietAtTheThreshold() {
        AlertStory story = new AlertStory(HIGH);

        story.at(0).leverage(9.999).at(1).leverage(10);

        assertThat(story.news()).isEmpty();
        assertThat(story.memory.standings).isEmpty();
    }

    @Test
    void shouldFireAtOnceWhereNothingHasToHold() throws Exception {
        AlertStory story = new AlertStory(HIGH);

        story.at(0).leverage(9).at(1).leverage(10.5);

        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(("high|" + BTC + "|" + ms(1)).getBytes(StandardCharsets.UTF_8));
        AlertState fired = only(story);
        assertThat(fired.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(fired.id()).isEqualTo(HexFormat.of().formatHex(hash).substring(0, 16));
        assertThat(fired.sequence()).isZero();
        assertThat(fired.sinceMs()).isEqualTo(ms(1));
        assertThat(fired.firedMs()).isEqualTo(ms(1));
        assertThat(fired.resolvedMs()).isNull();
        assertThat(fired.asOfMs()).isEqualTo(ms(1));
        assertThat(fired.stalenessMs()).isEqualTo(100);
        assertThat(fired.coverageLong()).isEqualTo(0.5);
        assertThat(fired.contributors()).extracting(Contributor::name).containsExactly("test:whale");
        assertThat(fired.readings())
                .containsExactly(new Reading(HIGH.conditions().get(0), 10.5, "ratio", true));
        assertThat(fired.sentence())
                .isEqualTo("Leverage of test:BTC is 10.5 (fires above 10), since 2026-01-01 00:00:01 UTC.");
    }

    @Test
    void shouldBePendingUntilItHasHeld() {
        AlertStory story = new AlertStory(HIGH_FOR_LONG);

        story.at(1).leverage(11).at(60.9).leverage(12);

        AlertState pending = only(story);
        assertThat(pending.status()).isEqualTo(AlertStatus.PENDING);
        assertThat(pending.sentence()).endsWith("; fires when it has held for 1 min.");

        story.at(61).leverage(13);

        AlertState fired = only(story);
        assertThat(fired.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(fired.id()).isEqualTo(pending.id());
        assertThat(fired.sequence()).isEqualTo(1);
        assertThat(fired.firedMs()).isEqualTo(ms(61));
    }

    @Test
    void shouldBeOverWithoutHavingFiredWhereItDidNotHold() {
        AlertStory story = new AlertStory(HIGH_FOR_LONG);

        story.at(1).leverage(11).at(60.9).leverage(7.9).at(200).leverage(7);

        assertThat(story.news())
                .extracting(AlertState::status, AlertState::firedMs, AlertState::resolvedMs)
                .containsExactly(
                        Assertions.tuple(AlertStatus.PENDING, null, null),
                        Assertions.tuple(AlertStatus.RESOLVED, null, ms(60.9)));
    }

    @Test
    void shouldFireAtTheMomentItWasDueWhenTheNextValueComesLater() {
        AlertStory story = new AlertStory(HIGH_FOR_LONG);

        story.at(1).leverage(11).at(500).leverage(7);

        assertThat(story.news())
                .extracting(AlertState::status, AlertState::asOfMs)
                .containsExactly(
                        Assertions.tuple(AlertStatus.PENDING, ms(1)),
                        Assertions.tuple(AlertStatus.FIRING, ms(61)),
                        Assertions.tuple(AlertStatus.RESOLVED, ms(500)));
    }

    @Test
    void shouldFireInTimeWhenNothingMoreComes() {
        AlertStory story = new AlertStory(HIGH_FOR_LONG);

        story.at(1).leverage(11).timePasses(60.999);
        int before = story.news().size();
        story.timePasses(75);

        assertThat(before).isEqualTo(1);
        assertThat(only(story).firedMs()).isEqualTo(ms(61));
    }

    @Test
    void shouldGoOnFiringBetweenTheThresholds() {
        AlertStory story = new AlertStory(HIGH);
        story.at(1).leverage(11);
        story.news();

        story.at(2).leverage(9).at(3).leverage(8.001);
        assertThat(story.news()).isEmpty();

        story.at(4).leverage(8);
        AlertState over = only(story);
        assertThat(over.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(over.resolvedMs()).isEqualTo(ms(4));
        assertThat(over.sentence())
                .isEqualTo("Over at 2026-01-01 00:00:04 UTC: leverage of test:BTC is 8 (fired above 10),"
                        + " since 2026-01-01 00:00:01 UTC.");

        story.at(5).leverage(9);
        assertThat(story.news()).isEmpty();
    }

    @Test
    void shouldResolveOnlyAfterTheResolveTime() {
        AlertStory story = new AlertStory(rule("high", 0, 30_000, null, above("leverage", 10, null)));
        story.at(1).leverage(11);
        story.news();

        story.at(2)
                .leverage(5)
                .at(31.9)
                .leverage(11)
                .at(40)
                .leverage(5)
                .at(69.9)
                .leverage(5);
        assertThat(story.news()).isEmpty();

        story.at(70).leverage(5);
        assertThat(only(story).resolvedMs()).isEqualTo(ms(70));
    }

    @Test
    void shouldBeginANewEpisodeWithAnotherId() {
        AlertStory story = new AlertStory(HIGH);

        story.at(1).leverage(11).at(2).leverage(5).at(3).leverage(11);

        assertThat(story.news())
                .extracting(AlertState::id, AlertState::sequence)
                .containsExactly(
                        Assertions.tuple(AlertState.idOf("high", BTC, ms(1)), 0),
                        Assertions.tuple(AlertState.idOf("high", BTC, ms(1)), 1),
                        Assertions.tuple(AlertState.idOf("high", BTC, ms(3)), 0));
    }

    @Test
    void shouldNotFireTwiceUnderOneId() {
        AlertStory story = new AlertStory(HIGH);

        story.at(1).leverage(11).leverage(5).leverage(11);

        assertThat(story.news())
                .extracting(AlertState::id, AlertState::sequence)
                .containsExactly(
                        Assertions.tuple(AlertState.idOf("high", BTC, ms(1)), 0),
                        Assertions.tuple(AlertState.idOf("high", BTC, ms(1)), 1),
                        Assertions.tuple(AlertState.idOf("high", BTC, ms(1)), 2));
    }

    @Test
    void shouldRepeatWhileFiring() {
        AlertStory story = new AlertStory(rule("high", 0, 0, 60_000L, above("leverage", 10, null)));

        story.at(1).leverage(11).at(60).leverage(12).at(61).leverage(13).at(62).leverage(14);

        assertThat(story.news())
                .extracting(AlertState::sequence, AlertState::asOfMs)
                .containsExactly(Assertions.tuple(0, ms(1)), Assertions.tuple(1, ms(61)));
    }

    @Test
    void shouldWriteOnlyTheLastOfSeveralRepeatsThatAreDue() {
        AlertStory story = new AlertStory(rule("high", 0, 0, 60_000L, above("leverage", 10, null)));

        story.at(1).leverage(11).at(200).leverage(5);

        assertThat(story.news())
                .extracting(AlertState::status, AlertState::sequence, AlertState::asOfMs)
                .containsExactly(
                        Assertions.tuple(AlertStatus.FIRING, 0, ms(1)),
                        Assertions.tuple(AlertStatus.FIRING, 3, ms(181)),
                        Assertions.tuple(AlertStatus.RESOLVED, 4, ms(200)));
    }

    @Test
    void shouldStandStillWhileAValueIsMissing() {
        AlertStory story = new AlertStory(HIGH_FOR_LONG);
        story.at(0).state(11, 0).at(40).state(Double.NaN, 0).at(100).state(Double.NaN, 0);
        assertThat(only(story).status()).isEqualTo(AlertStatus.PENDING);

        story.at(140).state(11, 0).at(159).state(11, 0);
        assertThat(story.news()).isEmpty();

        story.at(160).state(11, 0);
        assertThat(only(story).firedMs()).isEqualTo(ms(160));

        story.at(170).state(Double.NaN, 0).at(900).state(Double.NaN, 0);
        assertThat(story.news()).isEmpty();
    }

    @Test
    void shouldResolveByAKnownConditionWhileAnotherIsMissing() {
        AlertStory story = new AlertStory(
                rule("both", 0, 0, null, above("leverage", 10, null), above("fundingRate8h", 0.001, null)));
        story.at(0).state(11, 0.002);
        story.news();

        story.at(1).state(Double.NaN, 0.002);
        assertThat(story.news()).isEmpty();

        story.at(2).state(Double.NaN, 0.0005);
        assertThat(only(story).resolvedMs()).isEqualTo(ms(2));

        story.at(3).state(Double.NaN, 0.002);
        assertThat(story.news()).isEmpty();
    }

    @Test
    void shouldNotTakeWhatAnotherSourceSaysForAMissingValue() {
        AlertStory story = new AlertStory(HIGH_FOR_LONG);

        story.at(0).leverage(11).at(30).tipping(0.5).timePasses(60);

        assertThat(story.news())
                .extracting(AlertState::status)
                .containsExactly(AlertStatus.PENDING, AlertStatus.FIRING);
    }

    @Test
    void shouldFireWhenAllConditionsHoldWhateverTheirSource() {
        AlertStory story = new AlertStory(
                rule("both", 0, 0, null, above("leverage", 10, null), below("tippingDistanceDown", 0.05)));

        story.at(1).leverage(11).at(2).tipping(0.06).at(3).tipping(Double.POSITIVE_INFINITY);
        assertThat(story.news()).isEmpty();

        story.at(4).tipping(0.032);
        AlertState fired = only(story);
        assertThat(fired.sinceMs()).isEqualTo(ms(4));
        assertThat(fired.sentence())
                .isEqualTo("Leverage of test:BTC is 11 (fires above 10) and tipping distance down of test:BTC is 3.2 %"
                        + " (fires below 5 %), since 2026-01-01 00:00:04 UTC.");

        story.at(5).tipping(Double.POSITIVE_INFINITY);
        AlertState over = only(story);
        assertThat(over.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(over.sentence()).contains("tipping distance down of test:BTC is out of reach");
    }

    @Test
    void shouldKeepTheCoverageWhereTheNewestRecordHasNone() {
        AlertStory story = new AlertStory(
                rule("both", 0, 0, null, above("leverage", 20, null), below("tippingDistanceDown", 0.05)));

        story.at(1).leverage(21).at(2).tippingAlone(0.04);

        assertThat(story.news())
                .extracting(AlertState::status, AlertState::coverageLong, AlertState::coverageShort)
                .containsExactly(tuple(AlertStatus.FIRING, 0.5, 0.4));
    }

    @Test
    void shouldNotBeMovedByAnOlderObservation() {
        AlertStory story = new AlertStory(HIGH);
        story.at(10).leverage(11);
        story.news();

        story.at(9).leverage(5);
        assertThat(story.news()).isEmpty();

        story.at(10).leverage(5);
        assertThat(only(story).status()).isEqualTo(AlertStatus.RESOLVED);
    }

    private static AlertState only(AlertStory story) {
        var news = story.news();
        assertThat(news).hasSize(1);
        return news.get(0);
    }
}
