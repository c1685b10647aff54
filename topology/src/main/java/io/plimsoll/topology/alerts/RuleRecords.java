package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.Action;
import io.plimsoll.risk.alert.AlertRule;
import io.plimsoll.risk.alert.Comparison;
import io.plimsoll.risk.alert.Condition;
import io.plimsoll.risk.alert.Form;
import io.plimsoll.risk.alert.Severity;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;

/** Reads rules and actions from their records. */
public final class RuleRecords {

    private RuleRecords() {}

    /**
     * A rule as it is held against observations.
     *
     * @throws IllegalArgumentException saying which field is wrong and what is allowed
     */
    public static AlertRule rule(Rule record) {
        SubjectKind kind = SubjectKind.valueOf(record.getKind().name());
        for (RuleCondition condition : record.getConditions()) {
            if (Metrics.place(kind, condition.getMetric()) < 0) {
                throw new IllegalArgumentException(
                        "metric is " + condition.getMetric() + ", allowed are those of " + kind + " in docs/rules.md");
            }
        }
        return new AlertRule(
                record.getId(),
                record.getSummary(),
                kind,
                record.getSubjects(),
                record.getConditions().stream().map(RuleRecords::condition).toList(),
                record.getHoldMs(),
                record.getResolveMs(),
                record.getRepeatMs(),
                Severity.valueOf(record.getSeverity().name()),
                record.getLabels(),
                record.getRunbook(),
                record.getOwner());
    }

    private static Condition condition(RuleCondition record) {
        Long windowMs = record.getWindowMs();
        return new Condition(
                record.getMetric(),
                Form.valueOf(record.getForm().name()),
                windowMs == null ? 0 : windowMs,
                Comparison.valueOf(record.getComparison().name()),
                record.getThreshold(),
                record.getResolveThreshold());
    }

    /**
     * An action as it is held against episodes.
     *
     * @throws IllegalArgumentException saying which field is wrong and what is allowed
     */
    public static Action action(AlertAction record) {
        boolean silence = switch (record.getAction()) {
            case SILENCE -> true;
            case ACKNOWLEDGE -> false;
        };
        Long untilMs = record.getUntilMs();
        if (silence == (untilMs == null)) {
            throw new IllegalArgumentException("untilMs is " + untilMs + ", allowed is "
                    + (silence ? "a time where action is SILENCE" : "null where action is ACKNOWLEDGE"));
        }
        if (record.getBy().isBlank()) {
            throw new IllegalArgumentException("by is empty, allowed is a name");
        }
        return new Action(record.getTarget(), record.getBy(), untilMs, record.getAtMs());
    }
}
