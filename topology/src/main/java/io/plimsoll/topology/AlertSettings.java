package io.plimsoll.topology;

import java.time.Duration;

/**
 * What can be set about alerts.
 *
 * @param feedsTopic internal topic on which each input's intake says how its feeds do; it has as many partitions as the
 *     other internal topics
 * @param kept event time for which a resolved alert stays on the board
 * @param rate alerts that one task writes in a minute at once, 1 or more; what is not CRITICAL and comes beyond waits
 */
public record AlertSettings(String feedsTopic, Duration kept, int rate) {

    private static final String SUFFIX = "-feeds";

    /** What is used unless told otherwise. */
    public static final AlertSettings DEFAULT = new AlertSettings(feedsTopic("plimsoll"), Duration.ofDays(7), 600);

    public AlertSettings {
        if (rate < 1) {
            throw new IllegalArgumentException("alertRate is " + rate + ", allowed is 1 or more");
        }
    }

    /** Name of the feeds topic of an application. */
    public static String feedsTopic(String applicationId) {
        return applicationId + SUFFIX;
    }
}
