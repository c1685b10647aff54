package io.plimsoll.server.rules.stories;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertReading;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule beside another one, with the same conditions but thresholds that any value is beyond: its alert is written over
 * and over, and says what the conditions' values are while the other is quiet.
 */
final class Meter {

    private static final String ID = "meter";
    private static final long EVERY_MS = 250;
    private static final double FAR = 1e300;

    private final Rule rule;
    private @Nullable Alert last;

    Meter(Rule measured, String subject) {
        rule = new Rule(
                ID,
                "What the values are.",
                measured.getKind(),
                List.of(subject),
                measured.getConditions().stream().map(Meter::always).toList(),
                0L,
                0L,
                EVERY_MS,
                Severity.INFO,
                Map.of(),
                null,
                null);
    }

    private static RuleCondition always(RuleCondition condition) {
        boolean above = condition.getComparison() == Comparison.ABOVE;
        boolean rank = condition.getForm() == RuleForm.RANK;
        return RuleCondition.newBuilder(condition)
                .setThreshold(above ? (rank ? 0 : -FAR) : rank ? 1 : FAR)
                .setResolveThreshold(null)
                .build();
    }

    Rule rule() {
        return rule;
    }

    /** Takes an alert of the meter; false where it is another. */
    boolean takes(Alert alert) {
        if (!alert.getRuleId().equals(ID)) {
            return false;
        }
        last = alert;
        return true;
    }

    /** The conditions' values as of that time or later; empty where they are not known. */
    List<AlertReading> readAt(long timeMs) {
        return last == null || last.getAsOfMs() < timeMs ? List.of() : last.getReadings();
    }
}
