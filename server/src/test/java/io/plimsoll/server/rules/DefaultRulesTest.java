package io.plimsoll.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.SubjectKind;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DefaultRulesTest {

    private final List<Rule> rules = DefaultRules.rules();

    @Test
    void shouldWatchWhatADeskNeedsOnItsFirstDay() {
        assertThat(rules.stream()
                        .flatMap(rule -> rule.getConditions().stream())
                        .map(RuleCondition::getMetric)
                        .collect(Collectors.toSet()))
                .contains(
                        "tippingDistanceDown",
                        "amplification5Down",
                        "badDebtBeyondFund10Down",
                        "leverage",
                        "leverageSkew",
                        "openInterest",
                        "bidDepth1",
                        "top5Share10Down",
                        "distance",
                        "liquidatedUsd5m",
                        "fundingRate8h",
                        "coverage",
                        "linesApartShare",
                        "silenceMs",
                        "stalenessMs",
                        "skewMs",
                        "depthCrossed",
                        "depthFrozen",
                        "markPrice");
    }

    @Test
    void shouldHaveHysteresisWhereverAValueMayStandAtItsThreshold() {
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.getConditions()).allSatisfy(condition -> {
                    // A count cannot be between none and one.
                    boolean count = condition.getMetric().matches("depthFrozen|depthCrossed");
                    assertThat(condition.getResolveThreshold() != null || count)
                            .describedAs("%s: %s has an until", rule.getId(), condition.getMetric())
                            .isTrue();
                    if (!count) {
                        double width = condition.getResolveThreshold() - condition.getThreshold();
                        assertThat(condition.getComparison() == Comparison.ABOVE ? -width : width)
                                .describedAs(rule.getId())
                                .isPositive();
                    }
                }));
    }

    @Test
    void shouldHaveAGroupAndAReminder() {
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.getLabels()).describedAs(rule.getId()).containsKey("group");
            assertThat(rule.getRepeatMs()).describedAs(rule.getId()).isPositive();
        });
    }

    @Test
    void shouldPutMarketsUnderTheSystemOnlyWhereItHasARuleOfTheirGroup() {
        Map<String, TreeSet<SubjectKind>> kindsByGroup = rules.stream()
                .collect(Collectors.groupingBy(
                        rule -> rule.getLabels().get("group"),
                        Collectors.mapping(Rule::getKind, Collectors.toCollection(TreeSet::new))));

        assertThat(kindsByGroup.get("cascade")).containsExactly(SubjectKind.MARKET, SubjectKind.SYSTEM);
        assertThat(kindsByGroup.get("deleveraging")).containsExactly(SubjectKind.MARKET, SubjectKind.SYSTEM);
        assertThat(kindsByGroup.get("blind")).containsExactly(SubjectKind.MARKET, SubjectKind.VENUE, SubjectKind.FEED);
    }

    @Test
    void shouldSayEachRuleInAFewWords() {
        Rule rule = rules.stream()
                .filter(each -> each.getId().equals("open-interest-up-depth-down"))
                .findFirst()
                .orElseThrow();

        assertThat(RuleText.conditions(rule))
                .isEqualTo("openInterest (relative change over 1h) above 10%, until 5%"
                        + " and bidDepth1 (relative change over 1h) below -30%, until -20%");
        assertThat(rules).extracting(RuleText::conditions).contains("silenceMs above 30s, until 10s");
    }
}
