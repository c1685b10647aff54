package io.plimsoll.server.config;

import io.plimsoll.topology.MonitorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that can be set. docs/settings.md says what each setting means.
 *
 * @param instanceId null: no static group membership
 * @param kafka handed to every Kafka client
 * @param streams handed to Kafka Streams
 * @param connect connectors that run in this process
 */
public record PlimsollConfig(
        String applicationId,
        @Nullable String instanceId,
        Path dataDir,
        int threads,
        HttpConfig http,
        RegistryConfig schemaRegistry,
        TopicsConfig topics,
        AlertsConfig alerts,
        MonitorSettings monitor,
        Map<String, String> kafka,
        Map<String, String> streams,
        ConnectConfig connect) {

    /**
     * The HTTP server.
     *
     * @param port 0: any free port
     * @param advertised host:port for other instances; null: host and port
     * @param answerWithin time within which a request is answered, with what other instances have said until then
     * @param tls null: plain HTTP
     * @param limits what one client may ask for
     * @param shared what several clients get of one computation
     */
    public record HttpConfig(
            String host,
            int port,
            @Nullable String advertised,
            Duration answerWithin,
            AccessConfig access,
            @Nullable TlsConfig tls,
            LimitsConfig limits,
            SharedAnswersConfig shared) {

        /** Plain HTTP where everybody may do everything. */
        public HttpConfig(String host, int port, @Nullable String advertised) {
            this(
                    host,
                    port,
                    advertised,
                    Duration.ofSeconds(2),
                    AccessConfig.OPEN,
                    null,
                    LimitsConfig.UNLESS_TOLD,
                    SharedAnswersConfig.UNLESS_TOLD);
        }

        /** http or https. */
        public String scheme() {
            return tls == null ? "http" : "https";
        }
    }

    /**
     * The schema registry and settings handed to its client.
     *
     * @param setCompatibility whether the subjects of output topics are set to the project's policy
     */
    public record RegistryConfig(String url, boolean setCompatibility, Map<String, String> client) {

        public RegistryConfig {
            client = Map.copyOf(client);
        }

        /** May carry passwords. */
        @Override
        public String toString() {
            return "RegistryConfig[" + url + ", " + client.keySet() + "]";
        }
    }

    /**
     * How topics are created.
     *
     * @param replicationFactor -1: the broker's default
     */
    public record TopicsConfig(boolean create, int partitions, int replicationFactor) {}

    /**
     * How alerts are handed on.
     *
     * @param streamClients most readers of the event stream at once
     * @param webhook null: none
     */
    public record AlertsConfig(int streamClients, @Nullable WebhookConfig webhook) {}

    /**
     * An Alertmanager, or what takes the same requests.
     *
     * @param url to which /api/v2/alerts is added
     * @param timeout of one request
     * @param resend time after which what is firing is sent again
     * @param validity time after which the receiver may take for resolved what was not sent again
     * @param token bearer token; null: none
     */
    public record WebhookConfig(
            String url,
            Duration timeout,
            Duration resend,
            Duration validity,
            @Nullable String token) {

        /** Without the token. */
        @Override
        public String toString() {
            return "WebhookConfig[" + url + ", " + timeout + ", " + resend + ", " + validity + "]";
        }
    }

    /**
     * Connectors that this instance runs itself.
     *
     * @param connectors settings of each, by its name; empty: there is no worker
     * @param worker handed to the worker of Kafka Connect
     */
    public record ConnectConfig(Map<String, Map<String, String>> connectors, Map<String, String> worker) {

        /** No connectors. */
        public static final ConnectConfig NONE = new ConnectConfig(Map.of(), Map.of());

        public ConnectConfig {
            connectors = Map.copyOf(connectors);
            worker = Map.copyOf(worker);
        }

        /** May carry passwords. */
        @Override
        public String toString() {
            return "ConnectConfig[" + connectors.keySet() + ", " + worker.keySet() + "]";
        }
    }

    public PlimsollConfig {
        kafka = Map.copyOf(kafka);
        streams = Map.copyOf(streams);
    }

    /** Whether what is set by that name could be a secret. */
    public static boolean isSecret(String name) {
        return Setting.isSecret(name);
    }

    /** Where the brokers are. */
    public String bootstrapServers() {
        return kafka.getOrDefault("bootstrap.servers", "");
    }

    /**
     * Checks that the brokers are named: there is no sensible default for them.
     *
     * @throws ConfigException when they are not
     */
    public void requireBootstrapServers(Path file) {
        if (bootstrapServers().isBlank()) {
            throw new ConfigException(
                    file + ": kafka.bootstrap.servers is missing, allowed is host:port of one or more brokers");
        }
    }

    /** The address under which other instances reach this one; the port is the one really listened on. */
    public String advertisedAddress(int boundPort) {
        return http.advertised() != null ? http.advertised() : http.host() + ":" + boundPort;
    }

    /** May carry passwords, so values that are handed on are left out. */
    @Override
    public String toString() {
        return "PlimsollConfig[" + applicationId + ", " + http + ", kafka=" + kafka.keySet() + ", streams="
                + streams.keySet() + "]";
    }
}
