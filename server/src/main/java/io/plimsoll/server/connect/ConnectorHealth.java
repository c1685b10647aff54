package io.plimsoll.server.connect;

/**
 * How a connector of this process is.
 *
 * @param state STARTING, or as Kafka Connect calls it: RUNNING, FAILED, RESTARTING, PAUSED ...; FAILED also where only a
 *     task is
 * @param tasks that it has
 * @param failedTasks of them
 * @param restarts since this process started
 * @param trouble what the last failure was, in a sentence; empty: there was none
 */
public record ConnectorHealth(String state, int tasks, int failedTasks, long restarts, String trouble) {

    static final String STARTING = "STARTING";
    static final String RUNNING = "RUNNING";
    static final String FAILED = "FAILED";

    static ConnectorHealth unknown() {
        return new ConnectorHealth(STARTING, 0, 0, 0, "");
    }

    /** True where the connector runs with all its tasks, at least one. */
    public boolean isUp() {
        return state.equals(RUNNING) && tasks > 0 && failedTasks == 0;
    }
}
