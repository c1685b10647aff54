package io.plimsoll.server.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.InputException;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFileTest {

    /** Line 2 to 8; the condition's first field is in line 6. */
    private static final String RULE = """
            rules:
              - id: a
                summary: Something.
                kind: market
                when:
                  metric: leverage
                  above: 3
                severity: info
            """;

    @Test
    void shouldReadEverythingThatARuleMaySay() {
        Rule rule = read("""
                        rules:
                          - id: Crowded-1
                            summary: Crowded.
                            kind: market
                            subjects: ["hyperliquid:*", "*:BTCUSDT"]
                            when:
                              - metric: fundingRate8h
                                above: 0.1%
                                until: 0.05 %
                              - metric: leverage
                                rank: 30d
                                below: 0.01
                              - metric: openInterest
                                change: 1h
                                above: 1e3
                              - metric: bidDepth1
                                changeRatio: 5m
                                below: -30%
                              - metric: markPrice
                                robustZ: 500ms
                                above: -2.5
                              - metric: depthAgeMs
                                above: 90s
                            hold: 30s
                            resolve: 2m
                            repeat: 1d
                            severity: critical
                            labels: {group: cascade, desk_2: perps}
                            runbook: https://wiki.example/crowded
                            owner: market-risk
                        """).get(0);

        assertThat(rule)
                .isEqualTo(new Rule(
                        "Crowded-1",
                        "Crowded.",
                        SubjectKind.MARKET,
                        List.of("hyperliquid:*", "*:BTCUSDT"),
                        List.of(
                                condition("fundingRate8h", RuleForm.LEVEL, null, Comparison.ABOVE, 0.001, 0.0005),
                                condition("leverage", RuleForm.RANK, 2_592_000_000L, Comparison.BELOW, 0.01, null),
                                condition("openInterest", RuleForm.CHANGE, 3_600_000L, Comparison.ABOVE, 1000, null),
                                condition("bidDepth1", RuleForm.CHANGE_RATIO, 300_000L, Comparison.BELOW, -0.3, null),
                                condition("markPrice", RuleForm.ROBUST_Z, 500L, Comparison.ABOVE, -2.5, null),
                                condition("depthAgeMs", RuleForm.LEVEL, null, Comparison.ABOVE, 90_000, null)),
                        30_000L,
                        120_000L,
                        86_400_000L,
                        Severity.CRITICAL,
                        Map.of("group", "cascade", "desk_2", "perps"),
                        "https://wiki.example/crowded",
                        "market-risk"));
    }

    @Test
    void shouldTakeTheLeastThatARuleMustSay() {
        Rule rule = read(RULE).get(0);

        assertThat(rule.getSubjects()).containsExactly("*");
        assertThat(rule.getHoldMs()).isZero();
        assertThat(rule.getResolveMs()).isZero();
        assertThat(rule.getRepeatMs()).isNull();
        assertThat(rule.getLabels()).isEmpty();
        assertThat(rule.getRunbook()).isNull();
        assertThat(rule.getConditions()).hasSize(1);
        assertThat(rule.getConditions().get(0).getResolveThreshold()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The form: by the schema.
                "id: a | id: a b | line 2: rules[0].id is a b, allowed is a name of letters, digits and dashes, at most 100",
                "id: a | idd: a | line 2: rules[0].idd is not a key that there is: did you mean id? Allowed is id, summary,",
                "summary: Something. | owner: me | line 2: rules[0] has no summary, which every rule needs",
                "kind: market | kind: markt | line 4: rules[0].kind is markt: did you mean market? Allowed is market, venue,",
                "severity: info | severity: Info | line 8: rules[0].severity is Info: did you mean info? Allowed is info,",
                "severity: info | severity: info; hold: 30 | line 9: rules[0].hold is 30, allowed is a number with a unit (500ms,",
                "severity: info | severity: info; hold: 30 s | line 9: rules[0].hold is 30 s, allowed is a number with a unit",
                "severity: info | severity: info; labels: {a-b: c} | line 9: rules[0].labels has the name",
                "severity: info | severity: info; labels: {a: 1} | line 9: rules[0].labels.a is 1, allowed is a text",
                "severity: info | severity: info; subjects: [] | rules[0].subjects is a list, allowed is one pattern or more",
                "above: 3 | above: high | line 7: rules[0].when.above is high, allowed is a number, a fraction in percent (5%)",
                "above: 3 | abov: 3 | line 7: rules[0].when.abov is not a key that there is: did you mean above?",
                "above: 3 | until: 3 | line 6: rules[0].when has neither above nor below, allowed is one of them",
                "above: 3 | above: 3; below: 2 | line 6: rules[0].when has both above and below, allowed is one of them",
                "metric: leverage | rank: 30d | line 6: rules[0].when has no metric, which every condition needs",
                // The meaning.
                "metric: leverage | metric: levrage | line 6: rules[0].when.metric is levrage, which is no metric of a market;"
                        + " the nearest that are: leverage,",
                "metric: leverage | metric: silenceMs | is no metric of a market (it is one of: feed); the nearest that are:",
                "above: 3 | above: 3% | line 7: rules[0].when.above is 3%, allowed is a number in its unit: ratio",
                "above: 3 | above: 3s | line 7: rules[0].when.above is a time, 3s; allowed is a number in its unit: ratio",
                "above: 3 | above: 3; until: 4 | line 8: rules[0].when.until is 4, allowed is 3 or less: it fires above 3",
                "above: 3 | below: 3; until: 2 | line 8: rules[0].when.until is 2, allowed is 3 or more: it fires below 3",
                "above: 3 | rank: 30d; above: 99 | rules[0].when.above is 99, allowed for a rank is 0 to 1 (0% to 100%)",
                "above: 3 | rank: 0s; above: 0.9 | rules[0].when.rank is 0s, allowed is more than 0",
                "above: 3 | rank: 3d; change: 1h; above: 0.9 | rules[0].when has change and rank, allowed is one of them or none",
                "severity: info | severity: info; repeat: 0s | rules[0].repeat is 0s, allowed is more than 0",
                "severity: info | severity: info; subjects: BTC | rules[0].subjects is BTC, allowed is a pattern of venue:symbol",
                "kind: market | kind: venue; subjects: binance | rules[0].subjects is binance, allowed is a pattern of venue:NAME"
                        + " (venue:binance)",
                "kind: market | kind: system; subjects: all | rules[0].subjects is all, allowed is system",
                "kind: market | kind: feed; subjects: price:* | whose topic venues do not feed: did you mean prices?",
                "kind: market | kind: window; subjects: BTC@5m | is BTC@5m, allowed is a pattern of subject@size",
                "kind: market | kind: window; subjects: x:BTC | is x:BTC, allowed is a pattern of subject@size",
                "kind: market | kind: window; subjects: x:*@5min | ends with the size of no window: did you mean 5m?",
                "kind: market | kind: window | is no metric of a window (it is one of: market, venue, asset, system);"
                        + " the nearest that are: leverage",
            })
    void shouldSayWhatIsWrongAndWhere(String right, String wrong, String sentence) {
        // A semicolon begins a line of the same depth.
        String depth = " "
                .repeat(RULE.lines()
                        .filter(line -> line.contains(right))
                        .findFirst()
                        .orElseThrow()
                        .indexOf(right));

        assertThatThrownBy(() -> read(RULE.replace(right, wrong.replace("; ", "\n" + depth))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("rules.yaml line ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"system@1h", "x:BTC@1d", "venue:*@1m", "*", "x:*", "*5m"})
    void shouldTakePatternsOfWindows(String pattern) {
        String text = RULE.replace("kind: market", "kind: window\n    subjects: \"" + pattern + '"');

        Rule rule =
                read(text.replace("metric: leverage", "metric: leverageHigh")).get(0);

        assertThat(rule.getKind()).isEqualTo(SubjectKind.WINDOW);
        assertThat(rule.getSubjects()).containsExactly(pattern);
    }

    @Test
    void shouldSayAllThatIsWrongInTheOrderOfTheFile() {
        String text = RULE.replace("summary: Something.", "summary: 5")
                .replace("severity: info", "severity: urgent")
                .replace("above: 3", "above: much");

        assertThatThrownBy(() -> read(text))
                .hasMessageStartingWith("rules.yaml: 3 things are wrong\n")
                .satisfies(error -> assertThat(error.getMessage().lines().skip(1))
                        .satisfiesExactly(
                                line -> assertThat(line).startsWith("rules.yaml line 3: rules[0].summary is 5,"),
                                line -> assertThat(line).startsWith("rules.yaml line 7: rules[0].when.above is much,"),
                                line -> assertThat(line).startsWith("rules.yaml line 8: rules[0].severity is urgent")));
    }

    @Test
    void shouldRefuseAnIdThatIsThereTwice() {
        String second = RULE.substring(RULE.indexOf("  - id"));

        assertThatThrownBy(() -> read(RULE + second))
                .hasMessage("rules.yaml line 9: rules[1].id is a, as in line 2; allowed is each id once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [ | rules.yaml line 1: not YAML:",
                "'' | rules.yaml is empty",
                "rules: 5 | rules.yaml line 1: rules is 5, allowed is a list of rules",
                "rule: [] | rules.yaml line 1: rule is not a key that there is: did you mean rules?",
                "[] | rules.yaml line 1: is a list, allowed is a mapping with the key rules",
            })
    void shouldRefuseWhatIsNoListOfRules(String text, String sentence) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessageContaining(sentence);
    }

    @Test
    void shouldTakeAnEmptyList() {
        assertThat(read("rules: []")).isEmpty();
    }

    private static List<Rule> read(String text) {
        return RuleFile.read("rules.yaml", new StringReader(text));
    }

    private static RuleCondition condition(
            String metric, RuleForm form, Long windowMs, Comparison comparison, double threshold, Double resolve) {
        return new RuleCondition(metric, form, windowMs, comparison, threshold, resolve);
    }
}
