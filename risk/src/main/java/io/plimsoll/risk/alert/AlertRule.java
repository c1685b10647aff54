package io.plimsoll.risk.alert;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What fires when. Its parts are those of the record on the rules topic.
 *
 * @param id letters, digits and dashes
 * @param subjects patterns, any of which may match; * stands for any run of characters
 * @param conditions all must hold
 * @param holdMs event time for which they must hold before it fires, milliseconds, 0 or more
 * @param resolveMs event time for which they must not hold before it resolves, milliseconds, 0 or more
 * @param repeatMs event time after which a firing alert is written again, milliseconds, more than 0; null: never
 */
public record AlertRule(
        String id,
        String summary,
        SubjectKind kind,
        List<String> subjects,
        List<Condition> conditions,
        long holdMs,
        long resolveMs,
        @Nullable Long repeatMs,
        Severity severity,
        Map<String, String> labels,
        @Nullable String runbook,
        @Nullable String owner) {

    /** Most conditions of a rule. */
    public static final int MOST_CONDITIONS = 10;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");

    public AlertRule {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id is " + id + ", allowed are 1 to 100 letters, digits and dashes");
        }
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("subjects is empty, allowed is one pattern or more");
        }
        if (conditions.isEmpty() || conditions.size() > MOST_CONDITIONS) {
            throw new IllegalArgumentException(
                    "conditions are " + conditions.size() + ", allowed is 1 to " + MOST_CONDITIONS);
        }
        requireTime("holdMs", holdMs, 0);
        requireTime("resolveMs", resolveMs, 0);
        if (repeatMs != null) {
            requireTime("repeatMs", repeatMs, 1);
        }
        subjects = List.copyOf(subjects);
        conditions = List.copyOf(conditions);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    private static void requireTime(String field, long timeMs, long least) {
        if (timeMs < least || timeMs > Condition.LONGEST_MS) {
            throw new IllegalArgumentException(
                    field + " is " + timeMs + ", allowed is " + least + " to " + Condition.LONGEST_MS);
        }
    }

    /** Whether it watches a subject of its kind. */
    boolean watches(String subject) {
        for (String pattern : subjects) {
            if (SubjectPattern.matches(pattern, subject)) {
                return true;
            }
        }
        return false;
    }

    /** Short name of exactly this content: another after any change. */
    String fingerprint() {
        return Digest.of(toString());
    }
}
