package io.plimsoll.risk.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule stands with a subject, as it can be stored.
 *
 * @param fingerprint of the rule as it was
 * @param status null: no episode yet
 * @param timeMs event time up to which it has come
 * @param dueMs event time at which it fires or resolves unless something comes between; null: nothing is due
 * @param repeatDueMs event time at which it is written again; null: never
 * @param pausedMs event time from which a value is missing and time stands still; null: it goes on
 * @param held by condition, whether it holds, or held when its value was last known
 * @param missing by condition, whether its value is not known
 * @param found by condition, its newest value; NaN where not known
 * @param evidenceMs event time of the newest observation
 */
public record StandingMemory(
        String ruleId,
        String subject,
        String fingerprint,
        @Nullable AlertStatus status,
        int sequence,
        long timeMs,
        long sinceMs,
        @Nullable Long firedMs,
        @Nullable Long resolvedMs,
        @Nullable Long dueMs,
        @Nullable Long repeatDueMs,
        @Nullable Long pausedMs,
        List<Boolean> held,
        List<Boolean> missing,
        List<Double> found,
        long evidenceMs,
        long stalenessMs,
        @Nullable Double coverageLong,
        @Nullable Double coverageShort,
        List<Contributor> contributors,
        @Nullable String acknowledgedBy,
        @Nullable Long silencedUntilMs) {

    public StandingMemory {
        held = List.copyOf(held);
        missing = List.copyOf(missing);
        found = List.copyOf(found);
        contributors = List.copyOf(contributors);
    }

    /** Whether an episode is under way. */
    public boolean isOpen() {
        return status == AlertStatus.PENDING || status == AlertStatus.FIRING;
    }
}
