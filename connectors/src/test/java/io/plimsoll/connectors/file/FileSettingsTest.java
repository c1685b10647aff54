package io.plimsoll.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.feed.SettingsTable;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class FileSettingsTest {

    @Test
    void shouldDocumentEverySettingAsItIs() throws IOException {
        SettingsTable.assertDocumented(FileConfig.DEFINITION, "file.md");
    }

    @Test
    void shouldBeFoundByKafkaConnect() {
        assertThat(ServiceLoader.load(SourceConnector.class)).anyMatch(found -> found instanceof FileSourceConnector);
    }

    @Test
    void shouldSayWhatCannotBeUsed() {
        assertThatThrownBy(() -> new FileConfig(Map.of("schema.registry.url", "mock://x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"path\"");
        assertThatThrownBy(() ->
                        new FileConfig(Map.of("schema.registry.url", "mock://x", "path", "a", "file.pattern", "{a")))
                .hasMessageContaining("allowed is a pattern such as positions_*.csv");
        assertThatThrownBy(() -> new FileConfig(
                                Map.of("schema.registry.url", "mock://x", "path", "a", "mapping", "missing.yaml"))
                        .mapping())
                .hasMessageContaining("cannot read missing.yaml");
    }
}
