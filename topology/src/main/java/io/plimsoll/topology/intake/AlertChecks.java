package io.plimsoll.topology.intake;

import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.topology.alerts.RuleRecords;
import org.jspecify.annotations.Nullable;

/** What rules and actions must look like. Each check gives the first thing wrong, or null. */
final class AlertChecks {

    private AlertChecks() {}

    static @Nullable Refusal rule(String key, Rule rule) {
        return check(key, rule.getId(), () -> RuleRecords.rule(rule));
    }

    static @Nullable Refusal action(String key, AlertAction action) {
        return check(key, action.getTarget(), () -> RuleRecords.action(action));
    }

    private static @Nullable Refusal check(String key, String fromValue, Runnable reading) {
        if (!key.equals(fromValue)) {
            return new Refusal(
                    DeadLetterReason.KEY_MISMATCH,
                    "key is " + Refusal.shown(key) + ", but the value says " + Refusal.shown(fromValue));
        }
        try {
            reading.run();
            return null;
        } catch (IllegalArgumentException e) {
            return new Refusal(DeadLetterReason.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }
}
