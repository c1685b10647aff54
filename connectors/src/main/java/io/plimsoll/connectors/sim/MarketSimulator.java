package io.plimsoll.connectors.sim;

import io.plimsoll.connectors.RecordSink;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Runs a {@link MarketModel} beside the clock. Event time is the clock's at the start plus simulated time divided by
 * the speed: at any speed a record is never ahead of the clock, while the simulated world goes faster.
 */
public final class MarketSimulator {

    private static final long LONGEST_WAIT_MS = 50;

    private final SimulatorSettings settings;
    private final RecordSink sink;
    private final Clock clock;

    public MarketSimulator(SimulatorSettings settings, RecordSink sink) {
        this(settings, sink, Clock.systemUTC());
    }

    MarketSimulator(SimulatorSettings settings, RecordSink sink, Clock clock) {
        this.settings = settings;
        this.sink = sink;
        this.clock = clock;
    }

    /**
     * Publishes the whole venue, then its changes as they happen, until told to stop or interrupted. Flushes the sink,
     * but does not close it.
     *
     * @throws io.plimsoll.connectors.RecordSinkException if the sink fails
     */
    public void runUntil(BooleanSupplier stop) {
        MarketModel model = new MarketModel(settings, sink, clock.millis());
        model.publishAll();
        while (!stop.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            long waitMs = model.nextEventTimeMs() - clock.millis();
            if (waitMs > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(waitMs, LONGEST_WAIT_MS)));
            } else {
                model.step();
            }
        }
        sink.flush();
    }
}
