package io.plimsoll.risk.alert;

import static io.plimsoll.risk.alert.AlertStory.BTC;
import static io.plimsoll.risk.alert.AlertStory.above;
import static io.plimsoll.risk.alert.AlertStory.ms;
import static io.plimsoll.risk.alert.AlertStory.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleChangeTest {

    private static final AlertRule HIGH = rule("high", 0, 0, null, above("leverage", 10, null));

    @Test
    void shouldPutARuleInForceForSubjectsThatAreKnown() {
        AlertStory story = new AlertStory();
        story.at(0).leverage(11);

        story.engine.put(HIGH);
        story.at(1).leverage(11);

        assertThat(story.news()).extracting(AlertState::sinceMs).containsExactly(ms(1));
    }

    @Test
    void shouldResolveWhatFiresUnderAChangedRule() {
        AlertStory story = new AlertStory(HIGH);
        story.at(1).leverage(11);

        story.engine.put(rule("high", 0, 0, null, above("leverage", 12, null)));
        story.at(2).leverage(11).at(3).leverage(13);

        List<AlertState> news = story.news();
        assertThat(news)
                .extracting(AlertState::status, AlertState::asOfMs)
                .containsExactly(
                        tuple(AlertStatus.FIRING, ms(1)),
                        tuple(AlertStatus.RESOLVED, ms(1)),
                        tuple(AlertStatus.FIRING, ms(3)));
        assertThat(news.get(1).sentence()).startsWith("Over at 2026-01-01 00:00:01 UTC as the rule was changed: ");
    }

    @Test
    void shouldNotTakeARepeatedRuleForAChange() {
        AlertStory story = new AlertStory(HIGH);
        story.at(1).leverage(11);
        story.news();

        story.engine.put(rule("high", 0, 0, null, above("leverage", 10, null)));

        assertThat(story.news()).isEmpty();
    }

    @Test
    void shouldResolveWhatFiresUnderARemovedRule() {
        AlertStory story = new AlertStory(HIGH);
        story.at(1).leverage(11);
        story.news();

        story.engine.removeRule("high");
        story.at(2).leverage(12);

        List<AlertState> news = story.news();
        assertThat(news).extracting(AlertState::status).containsExactly(AlertStatus.RESOLVED);
        assertThat(news.get(0).sentence()).contains("as the rule was removed");
        assertThat(story.engine.openAlerts()).isZero();
    }

    @Test
    void shouldKeepAHistoryWhenAThresholdIsChanged() {
        AlertStory story = new AlertStory(fast(0.5));
        story.at(0).leverage(10).at(60).leverage(10);

        story.engine.put(fast(0.2));
        story.at(61).leverage(12.5);

        assertThat(story.news()).extracting(AlertState::status).containsExactly(AlertStatus.FIRING);
        story.engine.removeRule("fast");
        assertThat(story.memory.histories).isEmpty();
    }

    private static AlertRule fast(double threshold) {
        return rule(
                "fast",
                0,
                0,
                null,
                new Condition("leverage", Form.CHANGE_RATIO, 60_000, Comparison.ABOVE, threshold, null));
    }

    @Test
    void shouldSayWhoHasTakenItUp() {
        AlertStory story = new AlertStory(HIGH);
        story.at(1).leverage(11);
        String id = AlertState.idOf("high", BTC, ms(1));

        story.engine.put(new Action(id, "ann", null, ms(5)));
        story.engine.removeAction(id);

        assertThat(story.news())
                .extracting(AlertState::acknowledgedBy, AlertState::sequence)
                .containsExactly(tuple(null, 0), tuple("ann", 1), tuple(null, 2));
    }

    @Test
    void shouldAcknowledgeOnlyEpisodesThatHadBegun() {
        AlertStory story = new AlertStory(HIGH);
        story.at(1).leverage(11);

        story.engine.put(new Action("high|test:*", "ann", null, ms(5)));
        story.at(6).leverage(5).at(7).leverage(11);

        assertThat(story.news()).extracting(AlertState::acknowledgedBy).containsExactly(null, "ann", "ann", null);
    }

    @Test
    void shouldSilenceUntilItIsTime() {
        AlertStory story = new AlertStory(HIGH);
        story.engine.put(new Action("*|test:BTC", "ann", ms(100), ms(0)));

        story.at(1)
                .leverage(11)
                .at(99)
                .leverage(12)
                .at(120)
                .leverage(12)
                .at(130)
                .leverage(5)
                .at(140)
                .leverage(11);

        assertThat(story.news())
                .extracting(AlertState::status, AlertState::silencedUntilMs, AlertState::asOfMs)
                .containsExactly(
                        tuple(AlertStatus.FIRING, ms(100), ms(1)),
                        tuple(AlertStatus.FIRING, null, ms(100)),
                        tuple(AlertStatus.RESOLVED, null, ms(130)),
                        tuple(AlertStatus.FIRING, null, ms(140)));
    }

    @Test
    void shouldMatchPatterns() {
        assertThat(SubjectPattern.matches("*", "")).isTrue();
        assertThat(SubjectPattern.matches("a:*", "a:b:c")).isTrue();
        assertThat(SubjectPattern.matches("*:BTC", "x:BTC:BTC")).isTrue();
        assertThat(SubjectPattern.matches("a*c*e", "abcde")).isTrue();
        assertThat(SubjectPattern.matches("a*c*e", "abde")).isFalse();
        assertThat(SubjectPattern.matches("a.c", "abc")).isFalse();
        assertThat(SubjectPattern.matches("a", "ab")).isFalse();
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatThrownBy(() -> above("leverage", Double.NaN, null))
                .hasMessage("threshold of leverage is NaN, allowed is a finite number");
        assertThatThrownBy(() -> above("leverage", 10, 11.0))
                .hasMessage("resolveThreshold of leverage is 11.0, allowed is 10.0 or less");
        assertThatThrownBy(() -> new Condition("leverage", Form.RANK, 0, Comparison.ABOVE, 0.5, null))
                .hasMessage("windowMs of leverage is 0, allowed is more than 0, to 31622400000");
        assertThatThrownBy(() -> rule("a|b", 0, 0, null, above("leverage", 10, null)))
                .hasMessage("id is a|b, allowed are 1 to 100 letters, digits and dashes");
        assertThatThrownBy(() -> rule("long", Long.MAX_VALUE, 0, null, above("leverage", 10, null)))
                .hasMessage("holdMs is 9223372036854775807, allowed is 0 to 31622400000");
        assertThatThrownBy(() -> rule("none", 0, 0, null)).hasMessage("conditions are 0, allowed is 1 to 10");
        assertThatThrownBy(() -> new AlertStory(rule("odd", 0, 0, null, above("oddity", 10, null))))
                .hasMessageStartingWith("metric is oddity");
        assertThat(new AlertStory().engine.covers(rule("odd", 0, 0, null, above("oddity", 10, null))))
                .isFalse();
        assertThat(HIGH.labels()).isEqualTo(Map.of("desk", "one"));
    }
}
