package io.plimsoll.topology;

import java.time.Duration;

/**
 * What can be set of the looks at all accounts from which common shocks and contagion are told.
 *
 * @param every wall-clock time from the beginning of one look at all accounts to that of the next, at least
 * @param accountsAtOnce most accounts that a slice looks at in one go, 1 or more; prices wait so long
 */
public record SurveySettings(Duration every, int accountsAtOnce) {

    /** What is used unless told otherwise. */
    public static final SurveySettings DEFAULT = new SurveySettings(Duration.ofSeconds(10), 1_000);

    public SurveySettings {
        if (accountsAtOnce < 1) {
            throw new IllegalArgumentException("accountsAtOnce is " + accountsAtOnce + ", allowed is 1 or more");
        }
    }
}
