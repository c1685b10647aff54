package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.AlertActionKind;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts through the whole topology. */
class AlertsTest {

    private static final String BTC = "test:BTC";
    private static final Duration PUBLISHED = Duration.ofMillis(500);

    @AutoClose
    private MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void start() {
        monitor.instrument("BTC", 5, 40).price("BTC", 100).cash("a", 50).cross("a", "BTC", 1, 100);
        monitor.settle();
    }

    @Test
    void shouldPutARuleInForceWhileRunning() {
        assertThat(alerts()).isEmpty();

        monitor.at(10).rule(price(0, 110, null)).price("BTC", 109).wait(PUBLISHED);
        assertThat(alerts()).isEmpty();

        monitor.at(11).price("BTC", 111).wait(PUBLISHED);
        List<TestRecord<String, Alert>> records = monitor.alerts();
        assertThat(records).hasSize(1);
        Alert alert = records.get(0).value();
        assertThat(records.get(0).key()).isEqualTo("price|" + BTC);
        assertThat(records.get(0).timestamp()).isEqualTo(at(11));
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.getSinceMs()).isEqualTo(at(11));
        assertThat(alert.getFiredMs()).isEqualTo(at(11));
        assertThat(alert.getReadings().get(0).getValue()).isEqualTo(111);
        assertThat(alert.getReadings().get(0).getUnit()).isEqualTo("quote units");
        assertThat(alert.getLabels()).isEqualTo(Map.of("desk", "one"));
        assertThat(alert.getSentence())
                .isEqualTo("Mark price of test:BTC is 111 quote units (fires above 110 quote units),"
                        + " since 2026-01-01 00:00:11 UTC.");
        Headers headers = records.get(0).headers();
        assertThat(header(headers, "severity")).isEqualTo("WARNING");
        assertThat(header(headers, "subject")).isEqualTo(BTC);
        assertThat(header(headers, "status")).isEqualTo("FIRING");
    }

    @Test
    void shouldBePendingThenFireThenResolveWithHysteresis() {
        monitor.rule(price(20_000, 110, 105.0));

        monitor.at(10)
                .price("BTC", 111)
                .wait(PUBLISHED)
                .at(29)
                .price("BTC", 112)
                .wait(PUBLISHED);
        assertThat(alerts())
                .extracting(Alert::getStatus, Alert::getSinceMs)
                .containsExactly(tuple(AlertStatus.PENDING, at(10)));

        monitor.at(31).price("BTC", 106).wait(PUBLISHED);
        assertThat(alerts())
                .extracting(Alert::getStatus, Alert::getFiredMs, Alert::getSequence)
                .containsExactly(tuple(AlertStatus.FIRING, at(30), 1));

        monitor.at(40)
                .price("BTC", 105)
                .wait(PUBLISHED)
                .at(41)
                .price("BTC", 108)
                .wait(PUBLISHED);
        assertThat(alerts())
                .extracting(Alert::getStatus, Alert::getResolvedMs)
                .containsExactly(tuple(AlertStatus.RESOLVED, at(40)));
    }

    @Test
    void shouldFireInTimeThoughTheMarketFallsSilent() {
        monitor.rule(price(20_000, 110, null)).at(6).price("BTC", 111).wait(PUBLISHED);
        assertThat(alerts()).extracting(Alert::getStatus).containsExactly(AlertStatus.PENDING);

        monitor.wait(Duration.ofSeconds(25));

        assertThat(alerts())
                .extracting(Alert::getStatus, Alert::getFiredMs)
                .containsExactly(tuple(AlertStatus.FIRING, at(26)));
    }

    @Test
    void shouldFireOnlyWhenAllConditionsHold() {
        Rule rule = price(0, 110, null);
        rule.setConditions(List.of(condition("markPrice", 110, null), condition("openInterest", 1.5, null)));
        monitor.rule(rule);

        monitor.at(10).price("BTC", 111).wait(PUBLISHED);
        assertThat(alerts()).isEmpty();

        monitor.at(12).cash("b", 500).cross("b", "BTC", 1, 100).wait(Duration.ofSeconds(2));
        assertThat(alerts()).extracting(Alert::getStatus).containsExactly(AlertStatus.FIRING);
    }

    @Test
    void shouldFireOnlyWhenConditionsOfSeveralRecordsHold() {
        Rule rule = price(0, 1, null);
        rule.setId("all");
        rule.setKind(SubjectKind.SYSTEM);
        rule.setConditions(List.of(condition("openInterestUsd", 50, null), condition("impactCoverage", 0.5, null)));
        monitor.rule(rule).at(7).depth("BTC", 100, 5).price("BTC", 101).wait(Duration.ofSeconds(2));
        assertThat(alerts()).isEmpty();

        monitor.wait(Duration.ofSeconds(20));

        assertThat(alerts())
                .extracting(Alert::getSubject, Alert::getStatus)
                .containsExactly(tuple("system", AlertStatus.FIRING));
    }

    @Test
    void shouldKnowWhatWasForcedInTheLastMinutes() {
        Rule rule = price(0, 1_000, null);
        rule.setConditions(List.of(condition("liquidatedUsd5m", 1_000, null)));
        monitor.rule(rule).at(7).forced("BTC", PositionSide.LONG, 9, 100, "t1").wait(Duration.ofSeconds(2));
        assertThat(alerts()).isEmpty();

        monitor.at(9).forced("BTC", PositionSide.LONG, 2, 100, "t2").wait(Duration.ofSeconds(2));
        List<Alert> fired = alerts();
        assertThat(fired).extracting(Alert::getStatus).containsExactly(AlertStatus.FIRING);
        assertThat(fired.get(0).getReadings().get(0).getValue()).isEqualTo(1_100);

        monitor.at(299).price("BTC", 99).wait(PUBLISHED);
        assertThat(alerts()).isEmpty();

        monitor.at(301).price("BTC", 99).wait(PUBLISHED);
        assertThat(alerts()).extracting(Alert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    @Test
    void shouldResolveWhatARemovedRuleHasFired() {
        monitor.rule(price(0, 110, null)).at(10).price("BTC", 111).wait(PUBLISHED);
        alerts();

        monitor.send(Topics.RULES, "price", null).at(11).price("BTC", 120).wait(PUBLISHED);

        List<Alert> alerts = alerts();
        assertThat(alerts).extracting(Alert::getStatus).containsExactly(AlertStatus.RESOLVED);
        assertThat(alerts.get(0).getSentence()).contains("as the rule was removed");
    }

    @Test
    void shouldSayWhoHasTakenItUpAndUntilWhenItIsSilent() {
        monitor.rule(price(0, 110, null)).at(10).price("BTC", 111).wait(PUBLISHED);
        String id = alerts().get(0).getId();

        monitor.action(new AlertAction(id, AlertActionKind.ACKNOWLEDGE, "ann", "on it", null, at(11)));
        monitor.action(new AlertAction("price|*", AlertActionKind.SILENCE, "bob", "known", at(60), at(11)));

        assertThat(alerts())
                .extracting(Alert::getAcknowledgedBy, Alert::getSilencedUntilMs)
                .containsExactly(tuple("ann", null), tuple("ann", at(60)));
    }

    @Test
    void shouldFireForAnAccountOnTheTick() {
        Rule rule = price(0, 0.5, null);
        rule.setId("near");
        rule.setKind(SubjectKind.ACCOUNT);
        rule.setConditions(List.of(condition("marginRatio", 0.5, null)));
        monitor.rule(rule);

        monitor.at(10).price("BTC", 50.8).wait(Duration.ofMillis(20));

        List<Alert> alerts = alerts();
        assertThat(alerts).extracting(Alert::getStatus).containsExactly(AlertStatus.FIRING);
        assertThat(alerts.get(0).getSubject()).isEqualTo("test:a");
        assertThat(alerts.get(0).getSinceMs()).isEqualTo(at(10));
    }

    @Test
    void shouldFireForVenueAssetAndSystem() {
        for (SubjectKind kind : List.of(SubjectKind.VENUE, SubjectKind.ASSET, SubjectKind.SYSTEM)) {
            Rule rule = price(0, 1, null);
            rule.setId("any-" + kind);
            rule.setKind(kind);
            rule.setConditions(List.of(condition("openInterestUsd", 150, null)));
            monitor.rule(rule);
        }
        monitor.at(10).price("BTC", 160).wait(Duration.ofSeconds(4));

        assertThat(alerts())
                .extracting(Alert::getSubject)
                .containsExactlyInAnyOrder("venue:test", "asset:BTC", "system");
    }

    @Test
    void shouldRaiseTheSilenceOfOneFeedThoughItsTimeStandsStill() {
        Rule rule = price(0, 8_000, null);
        rule.setId("silent");
        rule.setKind(SubjectKind.FEED);
        rule.setSubjects(List.of("prices:*", "depth:*"));
        rule.setConditions(List.of(condition("silenceMs", 8_000, null)));
        monitor.rule(rule).rule(price(0, 110, null));

        for (int second = 7; second < 40; second++) {
            monitor.at(second).price("BTC", second == 30 ? 111 : 100);
            if (second < 20) {
                monitor.depth("BTC", 100, 5);
            }
            monitor.wait(Duration.ofSeconds(1));
        }

        List<Alert> alerts = alerts();
        assertThat(alerts)
                .extracting(Alert::getRuleId, Alert::getSubject, Alert::getStatus)
                .containsExactly(
                        tuple("silent", "depth:test", AlertStatus.FIRING),
                        tuple("price", BTC, AlertStatus.FIRING),
                        tuple("price", BTC, AlertStatus.RESOLVED));
        assertThat(alerts.get(0).getSinceMs()).isBetween(at(26), at(27));

        monitor.at(41).depth("BTC", 100, 5).wait(Duration.ofSeconds(2));
        assertThat(alerts()).extracting(Alert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    @Test
    void shouldNotCallAReplaySilent() {
        Rule rule = price(0, 5_000, null);
        rule.setId("silent");
        rule.setKind(SubjectKind.FEED);
        rule.setConditions(List.of(condition("silenceMs", 5_000, null)));
        monitor.wait(Duration.ofMinutes(3)).rule(rule);
        monitor.at(7).depth("BTC", 100, 5).wait(Duration.ofSeconds(20));

        assertThat(alerts()).extracting(Alert::getSubject).doesNotContain("depth:test");
    }

    @Test
    void shouldCountMarketsWhoseDepthIsCrossed() {
        Rule rule = price(0, 1, null);
        rule.setId("crossed");
        rule.setKind(SubjectKind.FEED);
        rule.setConditions(List.of(condition("crossedMarkets", 0.0, null)));
        monitor.rule(rule).at(7).depth("BTC", 100, 5).wait(Duration.ofSeconds(2));
        assertThat(alerts()).isEmpty();

        monitor.at(9).depth(new Depth("test", "BTC", 100.0, List.of(new DepthLevel(0.01, 5.0, 5.0, 101.0, null))));
        monitor.wait(Duration.ofSeconds(2));

        assertThat(alerts()).extracting(Alert::getSubject).containsExactly("depth:test");
    }

    @Test
    void shouldPutAlertsOfMarketsUnderThatOfTheSystem() {
        Rule system = price(0, 1, null);
        system.setId("all");
        system.setKind(SubjectKind.SYSTEM);
        system.setConditions(List.of(condition("openInterestUsd", 150, null)));
        system.setLabels(Map.of("group", "storm"));
        Rule market = price(0, 110, null);
        market.setLabels(Map.of("group", "storm"));
        monitor.rule(system).rule(market).at(10).price("BTC", 160).wait(Duration.ofSeconds(4));

        List<Alert> alerts = alerts();
        String parent = alerts.stream()
                .filter(alert -> alert.getRuleId().equals("all"))
                .findFirst()
                .orElseThrow()
                .getId();
        assertThat(alerts)
                .filteredOn(alert -> alert.getRuleId().equals("price"))
                .extracting(Alert::getSequence, Alert::getParent)
                .containsExactly(tuple(0, null), tuple(1, parent));
    }

    @Test
    void shouldPutAlertsOfEveryOtherKindUnderThatOfTheSystem() {
        Map<String, String> storm = Map.of("group", "storm");
        Rule system = rule("all", SubjectKind.SYSTEM, condition("openInterestUsd", 150, null));
        system.setLabels(storm);
        List<Rule> others = List.of(
                rule("market", SubjectKind.MARKET, condition("markPrice", 110, null)),
                rule("venue", SubjectKind.VENUE, condition("openInterestUsd", 150, null)),
                rule("asset", SubjectKind.ASSET, condition("openInterestUsd", 150, null)),
                rule("account", SubjectKind.ACCOUNT, condition("grossNotionalUsd", 150, null)),
                rule("feed", SubjectKind.FEED, condition("silenceMs", 3_000, null)),
                rule("market-window", SubjectKind.WINDOW, condition("markPriceHigh", 110, null)),
                rule("system-window", SubjectKind.WINDOW, condition("openInterestUsdHigh", 150, null)));
        others.get(5).setSubjects(List.of("test:*@1m"));
        others.get(6).setSubjects(List.of("system@1m"));
        monitor.rule(system);
        others.forEach(rule -> {
            rule.setLabels(storm);
            monitor.rule(rule);
        });
        monitor.at(10).isolated("near", "BTC", -2, 160, 6).price("BTC", 160);
        monitor.wait(Duration.ofSeconds(90));

        Map<String, Alert> board = new TreeMap<>();
        alerts().forEach(alert -> board.put(alert.getRuleId(), alert));
        String parent = board.get("all").getId();
        for (Rule rule : others) {
            assertThat(board.get(rule.getId()))
                    .describedAs(rule.getId())
                    .isNotNull()
                    .extracting(Alert::getStatus, Alert::getParent)
                    .containsExactly(AlertStatus.FIRING, parent);
        }

        monitor.at(100).price("BTC", 20).wait(Duration.ofSeconds(5));
        List<Alert> after = alerts();
        assertThat(after).filteredOn(alert -> alert.getRuleId().equals("all")).hasSize(1);
        assertThat(after)
                .filteredOn(alert -> alert.getStatus() == AlertStatus.FIRING)
                .describedAs("those that go on stand for themselves again")
                .extracting(Alert::getRuleId, Alert::getParent)
                .contains(tuple("market-window", null), tuple("system-window", null));
    }

    @Test
    void shouldFireWhenAWindowIsClosed() {
        Rule rule = rule("moved", SubjectKind.WINDOW, condition("markPriceMove", 0.05, null));
        rule.setSubjects(List.of("test:*@1m"));
        Rule other = rule("leveraged", SubjectKind.WINDOW, condition("leverageMean", 0, null));
        other.setSubjects(List.of("*@5m", "asset:BTC@1m"));
        monitor.rule(rule).rule(other).at(61).price("BTC", 100).at(119).price("BTC", 106);
        monitor.settle();
        assertThat(alerts())
                .describedAs("the first minute has been closed, of which no rule holds for the market")
                .extracting(Alert::getSubject)
                .containsOnly("asset:BTC@1m");

        monitor.at(131).price("BTC", 106).settle();
        List<Alert> fired = alerts();
        assertThat(fired)
                .extracting(Alert::getRuleId, Alert::getSubject, Alert::getStatus, Alert::getSinceMs)
                .containsExactly(tuple("moved", "test:BTC@1m", AlertStatus.FIRING, at(120)));
        assertThat(fired.get(0).getSentence())
                .isEqualTo("Mark price move of test:BTC@1m is 6 % (fires above 5 %), since 2026-01-01 00:02:00 UTC.");
        assertThat(fired.get(0).getStalenessMs()).isGreaterThanOrEqualTo(1_000);

        monitor.at(191).price("BTC", 106).settle();
        assertThat(alerts())
                .extracting(Alert::getRuleId, Alert::getStatus, Alert::getResolvedMs)
                .containsExactly(tuple("moved", AlertStatus.RESOLVED, at(180)));

        monitor.at(311).price("BTC", 106).settle();
        assertThat(alerts())
                .extracting(Alert::getRuleId, Alert::getSubject, Alert::getSinceMs)
                .contains(
                        tuple("leveraged", "test:BTC@5m", at(300)),
                        tuple("leveraged", "system@5m", at(300)),
                        tuple("leveraged", "venue:test@5m", at(300)),
                        tuple("leveraged", "asset:BTC@5m", at(300)));
    }

    @Test
    void shouldSeeWindowsInTheirOrderThoughTheyAreClosedTogether() {
        Rule rule = rule("high", SubjectKind.WINDOW, condition("markPriceHigh", 110, null));
        rule.setSubjects(List.of("test:*@1m"));
        monitor.rule(rule);
        monitor.driver().advanceWallClockTime(Duration.ofMinutes(20));
        for (int minute = 1; minute <= 12; minute++) {
            monitor.at(60 * minute).price("BTC", minute % 2 == 0 ? 120 : 100);
        }
        monitor.at(1_000).price("BTC", 100).wait(Duration.ofSeconds(2));

        assertThat(alerts())
                .extracting(Alert::getStatus, Alert::getAsOfMs)
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 12)
                        .mapToObj(minute -> tuple(
                                minute % 2 == 0 ? AlertStatus.FIRING : AlertStatus.RESOLVED, at(60 * minute + 60)))
                        .toList());
    }

    @Test
    void shouldResolveWhatAnEpisodeHasFiredThatIsTakenBack() {
        Rule market = rule("cascade", SubjectKind.MARKET, condition("episodeUsd", 0, null));
        Rule system = rule("cascade-of-all", SubjectKind.SYSTEM, condition("episodeUsd", 0, null));
        monitor.driver().advanceWallClockTime(Duration.ofHours(3));
        monitor.rule(market).rule(system).at(10).forced("BTC", PositionSide.LONG, 1, 100, "t1");
        monitor.at(9_000).forced("BTC", PositionSide.LONG, 60_000, 100, "t2").wait(Duration.ofSeconds(3));
        assertThat(alerts())
                .extracting(Alert::getSubject, Alert::getStatus)
                .containsExactlyInAnyOrder(tuple(BTC, AlertStatus.FIRING), tuple("system", AlertStatus.FIRING));

        // So much in the hour before that it was nothing unusual.
        monitor.at(4_200).forced("BTC", PositionSide.LONG, 1_000_000, 100, "t3").wait(Duration.ofSeconds(3));

        assertThat(alerts())
                .extracting(Alert::getSubject, Alert::getStatus, Alert::getResolvedMs)
                .containsExactlyInAnyOrder(
                        tuple(BTC, AlertStatus.RESOLVED, at(9_000)), tuple("system", AlertStatus.RESOLVED, at(9_000)));
    }

    @Test
    void shouldGoOnFiringWhereOnlyTheStartOfAnEpisodeMoves() {
        monitor.rule(rule("cascade", SubjectKind.MARKET, condition("episodeUsd", 0, null)));
        monitor.at(130).forced("BTC", PositionSide.LONG, 60_000, 100, "t1").wait(Duration.ofSeconds(2));
        assertThat(alerts()).extracting(Alert::getStatus).containsExactly(AlertStatus.FIRING);

        monitor.at(70).forced("BTC", PositionSide.LONG, 15_000, 100, "t0").wait(Duration.ofSeconds(2));
        assertThat(monitor.cascades()).containsOnlyKeys("system@" + at(60), "test:BTC@" + at(60));
        assertThat(alerts()).isEmpty();

        monitor.driver().advanceWallClockTime(Duration.ofMinutes(20));
        assertThat(alerts()).extracting(Alert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    @Test
    void shouldLetAlertsWaitThatComeBeyondTheRate() {
        monitor.close();
        monitor = new MonitorFixture(MonitorFixture.SETTINGS.withAlerts(
                new AlertSettings(AlertSettings.DEFAULT.feedsTopic(), Duration.ofDays(7), 2)));
        Rule urgent = price(0, 110, null);
        urgent.setId("urgent");
        urgent.setSeverity(Severity.CRITICAL);
        urgent.setSubjects(List.of("test:E"));
        monitor.rule(price(0, 110, null)).rule(urgent);
        for (String symbol : List.of("A", "B", "C", "D", "E")) {
            monitor.instrument(symbol, 5, 40).at(5).price(symbol, 120);
        }
        monitor.wait(PUBLISHED);

        assertThat(alerts())
                .extracting(Alert::getRuleId, Alert::getStatus)
                .containsExactlyInAnyOrder(
                        tuple("price", AlertStatus.FIRING),
                        tuple("price", AlertStatus.FIRING),
                        tuple("alerts-folded", AlertStatus.FIRING),
                        tuple("urgent", AlertStatus.FIRING));

        monitor.at(61)
                .price("A", 121)
                .wait(Duration.ofSeconds(3))
                .at(121)
                .price("A", 122)
                .wait(Duration.ofSeconds(3));
        assertThat(alerts())
                .extracting(Alert::getRuleId, Alert::getStatus)
                .containsExactly(
                        tuple("price", AlertStatus.FIRING),
                        tuple("price", AlertStatus.FIRING),
                        tuple("price", AlertStatus.FIRING),
                        tuple("alerts-folded", AlertStatus.RESOLVED));
    }

    @Test
    void shouldTakeAResolvedAlertOffTheBoard() {
        monitor.rule(price(0, 110, null))
                .at(10)
                .price("BTC", 111)
                .wait(PUBLISHED)
                .at(11)
                .price("BTC", 100);
        monitor.wait(PUBLISHED);
        assertThat(alerts()).hasSize(2);

        monitor.at(11 + Duration.ofDays(8).toSeconds());
        monitor.driver().advanceWallClockTime(Duration.ofDays(8));
        monitor.price("BTC", 100).wait(PUBLISHED);
        monitor.driver().advanceWallClockTime(Duration.ofMinutes(10));

        assertThat(monitor.alerts())
                .extracting(TestRecord::key, TestRecord::value)
                .containsExactly(tuple("price|" + BTC, null));
    }

    @Test
    void shouldRefuseARuleThatCannotBe() {
        Rule unknown = price(0, 110, null);
        unknown.setConditions(List.of(condition("oddity", 1, null)));
        Rule empty = price(0, 110, null);
        empty.setConditions(List.of());
        Rule nan = price(0, Double.NaN, null);

        monitor.rule(unknown).rule(empty).rule(nan).send(Topics.RULES, "other", price(0, 110, null));
        monitor.action(new AlertAction("x", AlertActionKind.SILENCE, "ann", "", null, 0L));

        assertThat(monitor.deadLetters())
                .extracting(DeadLetter::getReason, DeadLetter::getDetail)
                .containsExactly(
                        tuple(
                                DeadLetterReason.INVALID_VALUE,
                                "metric is oddity, allowed are those of MARKET in docs/rules.md"),
                        tuple(DeadLetterReason.INVALID_VALUE, "conditions are 0, allowed is 1 to 10"),
                        tuple(
                                DeadLetterReason.INVALID_VALUE,
                                "threshold of markPrice is NaN, allowed is a finite number"),
                        tuple(DeadLetterReason.KEY_MISMATCH, "key is other, but the value says price"),
                        tuple(
                                DeadLetterReason.INVALID_VALUE,
                                "untilMs is null, allowed is a time where action is SILENCE"));
    }

    private List<Alert> alerts() {
        return monitor.alerts().stream()
                .map(TestRecord::value)
                .filter(Objects::nonNull)
                .toList();
    }

    private static long at(double seconds) {
        return MonitorFixture.START.toEpochMilli() + Math.round(seconds * 1_000);
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Rule rule(String id, SubjectKind kind, RuleCondition condition) {
        Rule rule = price(0, 1, null);
        rule.setId(id);
        rule.setKind(kind);
        rule.setConditions(List.of(condition));
        return rule;
    }

    private static Rule price(long holdMs, double threshold, @Nullable Double resolveThreshold) {
        return new Rule(
                "price",
                "The price is high.",
                SubjectKind.MARKET,
                List.of("*"),
                List.of(condition("markPrice", threshold, resolveThreshold)),
                holdMs,
                0L,
                null,
                Severity.WARNING,
                Map.of("desk", "one"),
                null,
                null);
    }

    private static RuleCondition condition(String metric, double threshold, @Nullable Double resolveThreshold) {
        return new RuleCondition(metric, RuleForm.LEVEL, null, Comparison.ABOVE, threshold, resolveThreshold);
    }
}
