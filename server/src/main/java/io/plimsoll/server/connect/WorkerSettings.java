package io.plimsoll.server.connect;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.ConnectConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What a worker of Kafka Connect and its connectors are given.
 *
 * @param worker settings of the worker, secrets of connectors included
 * @param connectors settings of each connector, by its name, with references where a secret stood
 */
record WorkerSettings(Map<String, String> worker, Map<String, Map<String, String>> connectors) {

    private static final String OWN_CONNECTORS = "io.plimsoll.connectors.";
    private static final List<String> CLIENTS = List.of("producer.", "consumer.", "admin.");
    private static final String PROVIDERS = "config.providers";

    /** A batch may wait for more of it, milliseconds; Kafka Connect would let each record wake the sender. */
    private static final String LINGER_MS = "5";

    WorkerSettings {
        worker = Map.copyOf(worker);
        connectors = Map.copyOf(connectors);
    }

    /** @param registryUrl where the schema registry is, for connectors that are not told */
    static WorkerSettings of(PlimsollConfig config, ConnectConfig connect, String registryUrl) {
        Map<String, String> worker = new TreeMap<>(config.kafka());
        // What Kafka Connect does by itself goes by the plain names, what it does for connectors by these.
        CLIENTS.forEach(client -> config.kafka().forEach((name, text) -> worker.put(client + name, text)));
        worker.put("producer." + ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        worker.put(CommonClientConfigs.GROUP_ID_CONFIG, groupId(config));
        worker.put(CommonClientConfigs.CLIENT_ID_CONFIG, groupId(config));
        String copies = Integer.toString(config.topics().replicationFactor());
        for (String kind : List.of("config", "offset", "status")) {
            worker.put(kind + ".storage.topic", groupId(config) + "-" + kind + "s");
            worker.put(kind + ".storage.replication.factor", copies);
        }
        worker.put("status.storage.partitions", "1");
        worker.put("offset.storage.partitions", "5");
        worker.put("exactly.once.source.support", "enabled");
        // Scanning every class of the path takes a minute; services name them.
        worker.put("plugin.discovery", "service_load");
        worker.put("topic.creation.enable", "false");
        worker.put("scheduled.rebalance.max.delay.ms", "0");
        worker.put("key.converter", FeedSourceConnector.BYTES_CONVERTER);
        worker.put("value.converter", FeedSourceConnector.BYTES_CONVERTER);
        worker.putAll(connect.worker());
        addProviders(worker);

        Map<String, Map<String, String>> connectors = new TreeMap<>();
        connect.connectors()
                .forEach((name, given) -> connectors.put(
                        name, HeldSecrets.withheld(name, connector(name, given, config, registryUrl), worker)));
        return new WorkerSettings(worker, connectors);
    }

    /** The group that the worker is in, alone; also what its topics and transactions are named by. */
    static String groupId(PlimsollConfig config) {
        return config.applicationId() + "-connect";
    }

    private static void addProviders(Map<String, String> worker) {
        worker.merge(PROVIDERS, HeldSecrets.NAME, (theirs, ours) -> theirs + "," + ours);
        worker.put(PROVIDERS + "." + HeldSecrets.NAME + ".class", HeldSecrets.class.getName());
    }

    private static Map<String, String> connector(
            String name, Map<String, String> given, PlimsollConfig config, String registryUrl) {
        Map<String, String> settings = new TreeMap<>();
        if (given.getOrDefault("connector.class", "").startsWith(OWN_CONNECTORS)) {
            settings.put("key.converter", FeedSourceConnector.BYTES_CONVERTER);
            settings.put("value.converter", FeedSourceConnector.BYTES_CONVERTER);
            settings.put("schema.registry.url", registryUrl);
            config.schemaRegistry().client().forEach((key, text) -> settings.put("schema.registry." + key, text));
            settings.put("exactly.once.support", "required");
        }
        settings.put("tasks.max", "1");
        settings.putAll(given);
        settings.put("name", name);
        return settings;
    }

    /** Without values: they may be secret. */
    @Override
    public String toString() {
        return "WorkerSettings[" + worker.keySet() + ", " + connectors.keySet() + "]";
    }
}
