package io.plimsoll.server.connect;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plimsoll.connectors.feed.Backoff;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after connectors: says when one has died, starts it again after a pause that grows while it keeps dying, and
 * counts. Called by one thread; what it knows may be read by others.
 */
final class ConnectorWatch implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorWatch.class);

    private static final long FIRST_PAUSE_MS = 2_000;
    private static final long LONGEST_PAUSE_MS = 120_000;

    /** A restart takes a moment to be seen in the states. */
    private static final long SETTLES_WITHIN_MS = 5_000;

    /** After so long a life the next death is a first one. */
    private static final long STABLE_AFTER_MS = 300_000;

    /** The worker, as far as this is concerned. */
    interface Worker {

        /** Null: nothing is known yet. */
        @Nullable
        ConnectorStateInfo state(String connector);

        /** Starts what has failed of it again. */
        void restart(String connector);
    }

    /** What is known of one connector. */
    private static final class Watched {

        private final Backoff backoff;
        private long restartAtMs = Long.MAX_VALUE;
        private long judgedFromMs = Long.MIN_VALUE;
        private long runningSinceMs = Long.MAX_VALUE;

        Watched(RandomGenerator random) {
            backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS, random);
        }
    }

    private final Worker worker;
    private final UnaryOperator<String> withoutSecrets;
    private final Map<String, Watched> watched = new TreeMap<>();
    private final Map<String, ConnectorHealth> health = new ConcurrentHashMap<>();

    ConnectorWatch(
            Collection<String> connectors,
            Worker worker,
            UnaryOperator<String> withoutSecrets,
            RandomGenerator random) {
        this.worker = worker;
        this.withoutSecrets = withoutSecrets;
        connectors.forEach(name -> {
            watched.put(name, new Watched(random));
            health.put(name, ConnectorHealth.unknown());
        });
    }

    /** How all connectors are, by name. */
    Map<String, ConnectorHealth> health() {
        return new TreeMap<>(health);
    }

    /** Looks at all of them. */
    void look(long nowMs) {
        watched.forEach((name, connector) -> look(name, connector, nowMs));
    }

    private void look(String name, Watched connector, long nowMs) {
        ConnectorStateInfo info = worker.state(name);
        ConnectorHealth before = before(name);
        if (info == null) {
            return;
        }
        String trace = info.connector().trace() == null ? "" : info.connector().trace();
        int failed = 0;
        for (ConnectorStateInfo.TaskState task : info.tasks()) {
            if (task.state().equals(ConnectorHealth.FAILED)) {
                failed++;
                trace = trace.isEmpty() && task.trace() != null ? task.trace() : trace;
            }
        }
        String state = failed > 0 ? ConnectorHealth.FAILED : info.connector().state();
        String trouble = trace.isEmpty() ? before.trouble() : withoutSecrets.apply(reason(trace));
        health.put(name, new ConnectorHealth(state, info.tasks().size(), failed, before.restarts(), trouble));
        if (state.equals(ConnectorHealth.FAILED)) {
            connector.runningSinceMs = Long.MAX_VALUE;
            failed(name, connector, nowMs, trouble);
        } else if (state.equals(ConnectorHealth.RUNNING)) {
            running(name, connector, nowMs);
        }
    }

    private void failed(String name, Watched connector, long nowMs, String trouble) {
        if (nowMs < connector.judgedFromMs) {
            return;
        }
        if (connector.restartAtMs == Long.MAX_VALUE) {
            long pauseMs = connector.backoff.nextMs();
            connector.restartAtMs = nowMs + pauseMs;
            LOG.error("Connector {} has died and is started again in {} s: {}", name, (pauseMs + 500) / 1000, trouble);
        } else if (nowMs >= connector.restartAtMs) {
            connector.restartAtMs = Long.MAX_VALUE;
            connector.judgedFromMs = nowMs + SETTLES_WITHIN_MS;
            health.computeIfPresent(
                    name,
                    (key, was) -> new ConnectorHealth(
                            was.state(), was.tasks(), was.failedTasks(), was.restarts() + 1, was.trouble()));
            worker.restart(name);
        }
    }

    private static void running(String name, Watched connector, long nowMs) {
        connector.restartAtMs = Long.MAX_VALUE;
        if (connector.runningSinceMs == Long.MAX_VALUE) {
            connector.runningSinceMs = nowMs;
            LOG.info("Connector {} is running", name);
        } else if (nowMs - connector.runningSinceMs >= STABLE_AFTER_MS) {
            connector.backoff.succeeded();
        }
    }

    /** The innermost cause's line says most; the stack is for the topic of states. */
    private static String reason(String trace) {
        String reason = trace.lines().findFirst().orElse("");
        for (String line : trace.lines().toList()) {
            reason = line.startsWith("Caused by: ") ? line.substring("Caused by: ".length()) : reason;
        }
        return reason;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String name : watched.keySet()) {
            Gauge.builder(
                            "plimsoll.connector.up",
                            this,
                            each -> each.before(name).isUp() ? 1 : 0)
                    .description("1 while a connector of this process runs with all its tasks")
                    .tag("connector", name)
                    .register(registry);
            Gauge.builder(
                            "plimsoll.connector.failed.tasks",
                            this,
                            each -> each.before(name).failedTasks())
                    .description("Tasks of a connector of this process that have died and wait to be started again")
                    .tag("connector", name)
                    .register(registry);
            FunctionCounter.builder(
                            "plimsoll.connector.restarts",
                            this,
                            each -> each.before(name).restarts())
                    .description("How often a connector of this process was started again after it had died")
                    .tag("connector", name)
                    .register(registry);
        }
    }

    private ConnectorHealth before(String name) {
        return health.getOrDefault(name, ConnectorHealth.unknown());
    }
}
