package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

    @Test
    void shouldDocumentEverySettingAsItIs() throws IOException {
        String page = Files.readString(Path.of("../docs/connectors.md"));

        assertThat(page).describedAs("the settings in docs/connectors.md").endsWith(table());
    }

    private static String table() {
        return HyperliquidConfig.DEFINITION.configKeys().values().stream()
                .filter(key -> !key.documentation.equals("Set by the connector."))
                .map(key -> "| `" + key.name + "` | " + key.documentation + " | " + defaultOf(key) + " |\n")
                .collect(Collectors.joining("", "| Setting | What | Default |\n|---|---|---|\n", ""));
    }

    private static String defaultOf(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "needed";
        }
        String text = key.defaultValue instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(key.defaultValue);
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }
}
