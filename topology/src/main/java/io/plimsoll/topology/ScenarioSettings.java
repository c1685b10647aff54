package io.plimsoll.topology;

import io.plimsoll.risk.scenario.ScenarioRun;
import java.time.Duration;

/**
 * What can be set about scenarios.
 *
 * @param roundsTopic internal topic on which rounds and answers go to and fro; it has as many partitions as the other
 *     internal topics
 * @param timeout wall-clock time within which all slices must have answered all rounds
 * @param kept wall-clock time for which an answer can be asked for
 * @param mostRounds rounds after which a scenario ends, settled or not, 1 or more
 */
public record ScenarioSettings(String roundsTopic, Duration timeout, Duration kept, int mostRounds) {

    private static final String SUFFIX = "-scenario-rounds";

    /** What is used unless told otherwise. */
    public static final ScenarioSettings DEFAULT = new ScenarioSettings(
            roundsTopic("plimsoll"), Duration.ofMinutes(2), Duration.ofDays(1), ScenarioRun.MOST_ROUNDS);

    public ScenarioSettings {
        if (mostRounds < 1) {
            throw new IllegalArgumentException("scenarioRounds is " + mostRounds + ", allowed is 1 or more");
        }
    }

    /** Name of the rounds topic of an application. */
    public static String roundsTopic(String applicationId) {
        return applicationId + SUFFIX;
    }
}
