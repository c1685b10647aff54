package io.plimsoll.connectors.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.feed.SettingsTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class AaveSettingsTest {

    @Test
    void shouldDocumentEverySettingAsItIs() throws IOException {
        SettingsTable.assertDocumented(AaveConfig.DEFINITION, "aave.md");
    }

    @Test
    void shouldBeFoundByKafkaConnect() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(AaveSourceConnector.class);
    }

    @Test
    void shouldRefuseWhatCannotBeUsed() {
        assertThatThrownBy(() -> config("subgraph.url", "file:///x")).hasMessageContaining("subgraph.url");
        assertThatThrownBy(() -> config("accounts.page", "5000")).hasMessageContaining("accounts.page");
        assertThatThrownBy(() -> new AaveConfig(Map.of("schema.registry.url", "mock://settings")))
                .hasMessageContaining("subgraph.url");
    }

    @Test
    void shouldKeepItsKeyToItself() {
        AaveConfig config = config("subgraph.key", "secret");

        assertThat(config.headers()).containsEntry("Authorization", "Bearer secret");
        assertThat(config.values().toString()).doesNotContain("secret");
        assertThat(config("venue", "aave-v3-base").headers()).isEmpty();
    }

    private static AaveConfig config(String setting, String value) {
        Map<String, String> settings = new HashMap<>();
        settings.put("schema.registry.url", "mock://settings");
        settings.put("subgraph.url", "https://gateway.invalid/api/subgraphs/id/x");
        settings.put(setting, value);
        return new AaveConfig(settings);
    }
}
