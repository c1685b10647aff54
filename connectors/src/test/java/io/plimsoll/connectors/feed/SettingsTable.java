package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/** The table of a connector's settings as its page in docs/connectors shows it. */
public final class SettingsTable {

    private SettingsTable() {}

    /** Asserts that the page ends with the table of these settings as they are. */
    public static void assertDocumented(ConfigDef definition, String page) throws IOException {
        assertThat(Files.readString(Path.of("../docs/connectors", page)))
                .describedAs("the settings in docs/connectors/" + page)
                .endsWith(of(definition));
    }

    private static String of(ConfigDef definition) {
        return definition.configKeys().values().stream()
                .filter(key -> !key.documentation.equals("Set by the connector."))
                .map(key -> "| `" + key.name + "` | " + key.documentation + " | " + defaultOf(key) + " |\n")
                .collect(Collectors.joining("", "| Setting | What | Default |\n|---|---|---|\n", ""));
    }

    private static String defaultOf(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "needed";
        }
        if (key.defaultValue instanceof Password) {
            return "empty";
        }
        String text = key.defaultValue instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(key.defaultValue);
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }
}
