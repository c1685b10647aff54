package io.plimsoll.server.cli;

import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.sim.MarketSimulator;
import io.plimsoll.connectors.sim.SimulatorSettings;

/** The simulator on a thread of its own. */
final class Simulation implements AutoCloseable {

    private static final long STOP_WITHIN_MS = 5_000;

    private final KafkaRecordSink sink;
    private final Thread thread;
    private volatile boolean stopped;

    Simulation(SimulatorSettings settings, KafkaRecordSink sink, ServerRun run) {
        this.sink = sink;
        this.thread = new Thread(() -> simulate(settings, run), "plimsoll-simulator");
        thread.start();
    }

    private void simulate(SimulatorSettings settings, ServerRun run) {
        try {
            new MarketSimulator(settings, sink).runUntil(() -> stopped);
        } catch (RuntimeException e) {
            if (!stopped) {
                run.fail(e);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join(STOP_WITHIN_MS);
        sink.close();
    }
}
