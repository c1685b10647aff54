package io.plimsoll.server.connect;

import io.plimsoll.server.monitor.StartException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.distributed.NotLeaderException;
import org.apache.kafka.connect.runtime.distributed.RebalanceNeededException;
import org.apache.kafka.connect.runtime.isolation.LoaderSwap;
import org.apache.kafka.connect.runtime.isolation.PluginDesc;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.errors.BadRequestException;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.KafkaConfigBackingStore;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.storage.KafkaStatusBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.apache.kafka.connect.util.FutureCallback;
import org.apache.kafka.connect.util.SharedTopicAdmin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka Connect's own distributed worker, put together without its REST server, as MirrorMaker does. Distributed, since
 * only that kind writes exactly once; alone in its group, so that it always leads and has nobody to talk to.
 */
final class RunningWorker implements ConnectorWatch.Worker, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningWorker.class);

    private static final String NO_ADDRESS = "unused";
    private static final long ANSWER_WITHIN_SECONDS = 60;
    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MS = 250;

    private final DistributedHerder herder;
    private final Plugins plugins;

    private RunningWorker(DistributedHerder herder, Plugins plugins) {
        this.herder = herder;
        this.plugins = plugins;
    }

    /** @throws StartException when it cannot be started with these settings */
    static RunningWorker start(WorkerSettings settings) {
        Plugins plugins = new Plugins(settings.worker());
        try (LoaderSwap swap = plugins.withClassLoader(plugins.delegatingLoader())) {
            DistributedHerder herder = herder(new DistributedConfig(settings.worker()), plugins);
            herder.start();
            return new RunningWorker(herder, plugins);
        } catch (KafkaException e) {
            throw new StartException(
                    "the worker for connectors does not start: "
                            + HeldSecrets.hidden(String.valueOf(e.getMessage()), settings.worker()),
                    e);
        }
    }

    private static DistributedHerder herder(DistributedConfig config, Plugins plugins) {
        String clientId = config.getString(CommonClientConfigs.CLIENT_ID_CONFIG);
        Map<String, Object> adminSettings = new TreeMap<>(config.originals());
        adminSettings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-shared-admin");
        SharedTopicAdmin admin = new SharedTopicAdmin(adminSettings);
        Converter json =
                plugins.newInternalConverter(true, JsonConverter.class.getName(), Map.of("schemas.enable", "false"));
        KafkaOffsetBackingStore offsets = new KafkaOffsetBackingStore(admin, () -> clientId, json);
        offsets.configure(config);
        ConnectorClientConfigOverridePolicy policy = plugins.newPlugins(
                        List.of(config.getString(WorkerConfig.CONNECTOR_CLIENT_POLICY_CLASS_CONFIG)),
                        config,
                        ConnectorClientConfigOverridePolicy.class)
                .get(0);
        Worker worker = new Worker(NO_ADDRESS, Time.SYSTEM, plugins, config, offsets, policy);
        KafkaStatusBackingStore states =
                new KafkaStatusBackingStore(Time.SYSTEM, worker.getInternalValueConverter(), admin, clientId);
        states.configure(config);
        KafkaConfigBackingStore configs = new KafkaConfigBackingStore(
                worker.getInternalValueConverter(), config, worker.configTransformer(), admin, clientId);
        return new DistributedHerder(
                config,
                Time.SYSTEM,
                worker,
                config.kafkaClusterId(),
                states,
                configs,
                NO_ADDRESS,
                null,
                policy,
                List.of(),
                admin);
    }

    /** Gives the worker these connectors, and takes away all others. */
    void configure(Map<String, Map<String, String>> connectors) {
        Collection<String> there = ask("what it runs", herder::connectors);
        for (String name : there) {
            if (!connectors.containsKey(name)) {
                LOG.info("Connector {} is not configured any more and is removed", name);
                RunningWorker.<Herder.Created<ConnectorInfo>>ask(
                        "to remove " + name, callback -> herder.deleteConnectorConfig(name, callback));
            }
        }
        connectors.forEach((name, settings) -> {
            boolean same = there.contains(name)
                    && RunningWorker.<Map<String, String>>ask(
                                    "how " + name + " is configured",
                                    callback -> herder.connectorConfig(name, callback))
                            .equals(settings);
            if (!same) {
                RunningWorker.<Herder.Created<ConnectorInfo>>ask(
                        "to run " + name, callback -> herder.putConnectorConfig(name, settings, true, callback));
            }
        });
    }

    private interface Question<T> {
        void put(Callback<T> callback);
    }

    private static <T> T ask(String what, Question<T> question) {
        for (int attempt = 1; ; attempt++) {
            FutureCallback<T> answer = new FutureCallback<>();
            question.put(answer);
            try {
                return answer.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                boolean passes =
                        e.getCause() instanceof RebalanceNeededException || e.getCause() instanceof NotLeaderException;
                if (!passes || attempt == ATTEMPTS) {
                    throw refused(what, e);
                }
                pause();
            } catch (TimeoutException e) {
                throw new StartException("the worker was asked " + what + " and does not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartException("interrupted", e);
            }
        }
    }

    private static StartException refused(String what, ExecutionException e) {
        String why = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
        if (e.getCause() instanceof BadRequestException) {
            // The last line points to the REST server that is not there.
            why = why.replaceAll("\\s*You can also find the above list of errors.*", "")
                    .replace("\n", " ");
        }
        return new StartException("the worker was asked " + what + " and refuses: " + why, e);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable ConnectorStateInfo state(String connector) {
        try {
            return herder.connectorStatus(connector);
        } catch (NotFoundException e) {
            return null;
        }
    }

    @Override
    public void restart(String connector) {
        herder.restartConnectorAndTasks(new RestartRequest(connector, true, true), (error, state) -> {
            if (error != null) {
                LOG.warn("Connector {} could not be started again yet: {}", connector, error.toString());
            }
        });
    }

    /** Classes of source and sink connectors, each with the places where it was found. */
    Map<String, Set<String>> plugins() {
        Map<String, Set<String>> found = new TreeMap<>();
        plugins.sourceConnectors().forEach(each -> add(each, found));
        plugins.sinkConnectors().forEach(each -> add(each, found));
        return found;
    }

    private static void add(PluginDesc<?> plugin, Map<String, Set<String>> found) {
        found.computeIfAbsent(plugin.className(), name -> new TreeSet<>()).add(plugin.location());
    }

    @Override
    public void close() {
        herder.stop();
    }
}
