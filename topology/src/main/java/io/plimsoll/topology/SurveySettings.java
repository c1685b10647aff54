package io.plimsoll.topology;

import io.plimsoll.risk.dependence.AssetFamilies;
import java.time.Duration;

/**
 * What can be set of the looks at all accounts from which common shocks and contagion are told.
 *
 * @param every wall-clock time from the beginning of one look at all accounts to that of the next, at least
 * @param share of its thread's time that a slice may spend on it, above 0, to 1
 * @param families assets that are claims on the same thing
 */
public record SurveySettings(Duration every, double share, AssetFamilies families) {

    /** What is used unless told otherwise. */
    public static final SurveySettings DEFAULT =
            new SurveySettings(Duration.ofSeconds(10), 0.02, AssetFamilies.DEFAULT);

    public SurveySettings {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ", allowed is above 0, to 1");
        }
    }
}
