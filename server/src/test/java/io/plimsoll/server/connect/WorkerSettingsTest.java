package io.plimsoll.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSettingsTest {

    @TempDir
    private Path dir;

    private WorkerSettings settings(String yaml) throws IOException {
        PlimsollConfig config = ConfigReader.read(Files.writeString(dir.resolve("plimsoll.yaml"), yaml), Map.of());
        return WorkerSettings.of(
                config, config.connect(), config.schemaRegistry().url());
    }

    @Test
    void shouldGiveEveryClientTheSettingsOfKafka() throws IOException {
        WorkerSettings settings = settings("""
                applicationId: desk
                kafka: {bootstrap.servers: "broker:9092", security.protocol: SASL_SSL}
                topics: {replicationFactor: 3}
                connectWorker: {offset.flush.interval.ms: 5000}
                connect:
                  hyperliquid:
                    connector.class: io.plimsoll.connectors.hyperliquid.HyperliquidSourceConnector
                """);

        assertThat(settings.worker())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("producer.security.protocol", "SASL_SSL")
                .containsEntry("consumer.security.protocol", "SASL_SSL")
                .containsEntry("admin.bootstrap.servers", "broker:9092")
                .containsEntry("group.id", "desk-connect")
                .containsEntry("config.storage.replication.factor", "3")
                .containsEntry("offset.flush.interval.ms", "5000")
                .containsEntry("exactly.once.source.support", "enabled")
                .containsEntry("plugin.discovery", "service_load");
    }

    @Test
    void shouldGiveOwnConnectorsWhatTheyNeedAndOthersWhatTheyAreGiven() throws IOException {
        WorkerSettings settings = settings("""
                kafka: {bootstrap.servers: "broker:9092"}
                schemaRegistry: {url: "http://registry:8081"}
                connect:
                  live:
                    connector.class: io.plimsoll.connectors.hyperliquid.HyperliquidSourceConnector
                    accounts: [0x1, 0x2]
                    tasks.max: 3
                  sink:
                    connector.class: some.vendors.Sink
                """);

        assertThat(settings.connectors().get("live"))
                .containsEntry("schema.registry.url", "http://registry:8081")
                .containsEntry("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter")
                .containsEntry("accounts", "0x1,0x2")
                .containsEntry("tasks.max", "3")
                .containsEntry("name", "live");
        assertThat(settings.connectors().get("sink")).containsOnlyKeys("connector.class", "name", "tasks.max");
    }

    @Test
    void shouldHoldSecretsBackAndGiveThemToWhoeverHasTheReference() throws IOException {
        WorkerSettings settings = settings("""
                kafka: {bootstrap.servers: "broker:9092"}
                schemaRegistry: {client: {basic.auth.user.info: "me:hunter2"}}
                connect:
                  live:
                    connector.class: io.plimsoll.connectors.hyperliquid.HyperliquidSourceConnector
                    venue.api.key: topsecret
                    venue.password: ${env:PASSWORD}
                """);
        HeldSecrets secrets = new HeldSecrets();
        Map<String, String> parameters = new TreeMap<>();
        String prefix = "config.providers.plimsoll.param.";
        settings.worker().forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                parameters.put(name.substring(prefix.length()), text);
            }
        });
        secrets.configure(parameters);

        Map<String, String> live = settings.connectors().get("live");
        assertThat(live)
                .containsEntry("venue.api.key", "${plimsoll:live:venue.api.key}")
                .containsEntry(
                        "schema.registry.basic.auth.user.info", "${plimsoll:live:schema.registry.basic.auth.user.info}")
                .containsEntry("venue.password", "${env:PASSWORD}");
        assertThat(secrets.get("live", java.util.Set.of("venue.api.key", "other"))
                        .data())
                .containsExactly(Map.entry("venue.api.key", "topsecret"));
        assertThat(secrets.get("another").data()).isEmpty();
        assertThat(settings.toString()).doesNotContain("hunter2", "topsecret");
        assertThat(HeldSecrets.hidden("refused: topsecret of me:hunter2", settings.worker()))
                .isEqualTo("refused: (hidden) of (hidden)");
    }
}
