package io.plimsoll.topology;

import java.time.Duration;

/**
 * What can be set of the looks at all accounts from which common shocks and contagion are told.
 *
 * @param every wall-clock time from the beginning of one look at all accounts to that of the next, at least
 * @param share of its thread's time that a slice may spend on it, above 0, to 1
 */
public record SurveySettings(Duration every, double share) {

    /** What is used unless told otherwise. */
    public static final SurveySettings DEFAULT = new SurveySettings(Duration.ofSeconds(10), 0.02);

    public SurveySettings {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ", allowed is above 0, to 1");
        }
    }
}
