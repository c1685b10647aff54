package io.plimsoll.risk.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert stands: one record of the board. The same observations give the same records, however often.
 *
 * @param id of the episode: follows from rule, subject and sinceMs
 * @param sequence number of the record within the episode, from 0. Of repeats that were due together only the last is
 *     written, and the numbers of the others are left out
 * @param sinceMs event time from which the conditions have held, epoch milliseconds
 * @param firedMs event time when it fired; null: it has not
 * @param resolvedMs event time when it resolved; null: it has not
 * @param asOfMs event time up to which inputs are in it, epoch milliseconds
 * @param stalenessMs age of the oldest input at asOfMs, milliseconds, 0 or more
 * @param acknowledgedBy who has taken it up; null: nobody
 * @param silencedUntilMs until when it wakes nobody, epoch milliseconds; null: it does
 * @param sentence what happened
 */
public record AlertState(
        String id,
        AlertRule rule,
        String subject,
        AlertStatus status,
        int sequence,
        long sinceMs,
        @Nullable Long firedMs,
        @Nullable Long resolvedMs,
        long asOfMs,
        long stalenessMs,
        @Nullable Double coverageLong,
        @Nullable Double coverageShort,
        List<Reading> readings,
        List<Contributor> contributors,
        @Nullable String acknowledgedBy,
        @Nullable Long silencedUntilMs,
        String sentence) {

    /** Key on the board, of rule and subject. */
    public String key() {
        return key(rule.id(), subject);
    }

    /** Key on the board, of rule and subject. */
    public static String key(String ruleId, String subject) {
        return ruleId + "|" + subject;
    }

    /** Id of an episode. */
    public static String idOf(String ruleId, String subject, long sinceMs) {
        return Digest.of(ruleId + "|" + subject + "|" + sinceMs);
    }
}
