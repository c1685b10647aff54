package io.plimsoll.risk.alert;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The actions in force, by target. */
final class Actions {

    private final Map<String, Action> byTarget = new TreeMap<>();

    void put(Action action) {
        byTarget.put(action.target(), action);
    }

    void remove(String target) {
        byTarget.remove(target);
    }

    /** Who has taken the episode up, the first to do so; null: nobody. */
    @Nullable
    String acknowledgedBy(String ruleId, String subject, String id, long sinceMs) {
        Action first = null;
        for (Action action : byTarget.values()) {
            if (action.untilMs() == null
                    && (first == null || action.atMs() < first.atMs())
                    && action.isAbout(ruleId, subject, id, sinceMs)) {
                first = action;
            }
        }
        return first == null ? null : first.by();
    }

    /** Until when the episode is silenced; null: it is not, at that time. */
    @Nullable
    Long silencedUntilMs(String ruleId, String subject, String id, long sinceMs, long timeMs) {
        Long latest = null;
        for (Action action : byTarget.values()) {
            Long untilMs = action.untilMs();
            if (untilMs != null
                    && untilMs > timeMs
                    && (latest == null || untilMs > latest)
                    && action.isAbout(ruleId, subject, id, sinceMs)) {
                latest = untilMs;
            }
        }
        return latest;
    }
}
