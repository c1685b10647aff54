package io.plimsoll.risk.alert;

/** Where the engine puts what it must know again after a restart; each call as soon as it has changed. */
public interface AlertMemory {

    /** Keeps where a rule stands with a subject, in place of what was kept before. */
    void put(StandingMemory standing);

    /** Forgets where a rule stands with a subject. */
    void forget(String ruleId, String subject);

    /** Keeps what a metric of a subject was over a window, in place of what was kept before. */
    void put(HistoryKey key, HistoryMemory history);

    /** Forgets what a metric of a subject was over a window. */
    void forget(HistoryKey key);
}
