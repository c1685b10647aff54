package io.plimsoll.risk.alert;

import org.jspecify.annotations.Nullable;

/**
 * Somebody takes up or silences alerts.
 *
 * @param target an episode's id, or rule|subject with * for any run of characters
 * @param by who
 * @param untilMs until when it silences, epoch milliseconds; null: it acknowledges
 * @param atMs when, epoch milliseconds: rule|subject acknowledges episodes that began until then
 */
public record Action(String target, String by, @Nullable Long untilMs, long atMs) {

    /** Whether it is about that episode. */
    boolean isAbout(String ruleId, String subject, String id, long sinceMs) {
        if (target.equals(id)) {
            return true;
        }
        return target.indexOf('|') >= 0
                && (untilMs != null || sinceMs <= atMs)
                && SubjectPattern.matches(target, AlertState.key(ruleId, subject));
    }
}
