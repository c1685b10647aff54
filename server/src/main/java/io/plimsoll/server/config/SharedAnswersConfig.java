package io.plimsoll.server.config;

import java.time.Duration;

/**
 * What several callers get of one computation.
 *
 * @param memory time for which an answer is given again to whoever asks the same; zero: it is not
 * @param streamEvery least time between two rounds of the stream of states
 * @param streamClients most readers of that stream at once
 */
public record SharedAnswersConfig(Duration memory, Duration streamEvery, int streamClients) {

    static final Duration MEMORY = Duration.ofMillis(250);
    static final Duration LONGEST_MEMORY = Duration.ofSeconds(10);
    static final Duration STREAM_EVERY = Duration.ofSeconds(1);
    static final Duration SHORTEST_STREAM_EVERY = Duration.ofMillis(100);
    static final int STREAM_CLIENTS = 100;

    static final SharedAnswersConfig UNLESS_TOLD = new SharedAnswersConfig(MEMORY, STREAM_EVERY, STREAM_CLIENTS);

    /**
     * Takes texts that are durations.
     *
     * @throws ConfigException where one is out of its range
     */
    static SharedAnswersConfig of(String memory, String streamEvery, int streamClients) {
        Duration remembered = Kind.duration(memory);
        if (remembered.compareTo(LONGEST_MEMORY) > 0) {
            throw new ConfigException(
                    "http.answerMemory is " + memory + ", allowed is 0s to " + Kind.text(LONGEST_MEMORY));
        }
        Duration every = Kind.duration(streamEvery);
        if (every.compareTo(SHORTEST_STREAM_EVERY) < 0) {
            throw new ConfigException("http.streamEvery is " + streamEvery + ", allowed is "
                    + Kind.text(SHORTEST_STREAM_EVERY) + " or more");
        }
        return new SharedAnswersConfig(remembered, every, streamClients);
    }
}
