package io.plimsoll.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class FileSettingsTest {

    @Test
    void shouldDocumentEverySettingAsItIs() throws IOException {
        String page = Files.readString(Path.of("../docs/connectors/file.md"));

        assertThat(page).endsWith(table());
    }

    private static String table() {
        return FileConfig.DEFINITION.configKeys().values().stream()
                .filter(key -> !key.documentation.equals("Set by the connector."))
                .map(key -> "| `" + key.name + "` | " + key.documentation + " | " + defaultOf(key) + " |\n")
                .collect(Collectors.joining("", "| Setting | What | Default |\n|---|---|---|\n", ""));
    }

    private static String defaultOf(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "needed";
        }
        String text = String.valueOf(key.defaultValue);
        return text.isEmpty() ? "empty" : "`" + text + "`";
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
