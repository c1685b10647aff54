package io.plimsoll.server.connect;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.ConnectConfig;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of Kafka Connect in this JVM that runs the connectors it is given, and no others: those that it ran before and
 * is not given any more are removed. Source connectors write exactly once. It opens no port.
 *
 * <p>One worker per application id: with two, connectors would have to be handed from one to the other. A second one
 * waits for the first to go, for a while, and then refuses to start.
 */
public final class EmbeddedConnect implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedConnect.class);
    private static final long LOOK_EVERY_MS = 1_000;

    private final RunningWorker worker;
    private final ConnectorWatch watch;
    private final ScheduledExecutorService looking;

    private EmbeddedConnect(RunningWorker worker, ConnectorWatch watch) {
        this.worker = worker;
        this.watch = watch;
        this.looking = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "plimsoll-connector-watch"));
    }

    /**
     * Starts the worker and its connectors.
     *
     * @param registryUrl where the schema registry is
     * @throws io.plimsoll.server.monitor.StartException when Kafka does not answer, a connector cannot be configured as
     *     it is, or another worker of the same application id is at work
     */
    public static EmbeddedConnect start(PlimsollConfig config, ConnectConfig connect, String registryUrl) {
        WorkerSettings settings = WorkerSettings.of(config, connect, registryUrl);
        WorkerGroup.awaitEmpty(config);
        RunningWorker worker = RunningWorker.start(settings);
        try {
            worker.configure(settings.connectors());
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
        EmbeddedConnect embedded = new EmbeddedConnect(
                worker,
                new ConnectorWatch(
                        settings.connectors().keySet(),
                        worker,
                        text -> HeldSecrets.hidden(text, settings.worker()),
                        new Random()));
        embedded.looking.scheduleWithFixedDelay(embedded::look, 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        return embedded;
    }

    /** How the connectors are, by name. */
    public Map<String, ConnectorHealth> health() {
        return watch.health();
    }

    /** What Prometheus is told of them. */
    public MeterBinder meters() {
        return watch;
    }

    /** Classes of connectors that the worker knows, each with the places where it was found. */
    public Map<String, Set<String>> plugins() {
        return worker.plugins();
    }

    private void look() {
        try {
            watch.look(System.currentTimeMillis());
        } catch (RuntimeException e) {
            // The next look comes; without this it would not.
            LOG.warn("The states of connectors cannot be read: {}", e.toString());
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        worker.close();
    }
}
