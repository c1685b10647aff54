package io.plimsoll.server.cli;

import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka and schema registry a command works with. */
final class ClusterOptions {

    @Option(names = "--config", paramLabel = "FILE", description = "The settings, as for run: docs/settings.md.")
    private @Nullable Path file;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers, instead of or over kafka.bootstrap.servers.")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, instead of or over schemaRegistry.url.")
    private @Nullable String registry;

    ClusterOptions() {}

    /** True if a cluster was named at all. */
    boolean given() {
        return file != null || bootstrap != null;
    }

    PlimsollConfig config() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (bootstrap != null) {
            environment.put("PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        }
        if (registry != null) {
            environment.put("PLIMSOLL_SCHEMA_REGISTRY_URL", registry);
        }
        PlimsollConfig config = ConfigReader.read(file, environment);
        if (file != null) {
            config.requireBootstrapServers(file);
        } else if (config.bootstrapServers().isBlank()) {
            throw new UsageException("no Kafka is given, allowed is --config FILE or --bootstrap HOST:PORT");
        }
        return config;
    }
}
