package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.bybit.BybitSourceConnector;
import io.plimsoll.connectors.okx.OkxSourceConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Venues' pages end with the settings as they are. */
class SettingsTablesTest {

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("bybit", new BybitSourceConnector().config()),
                Arguments.of("okx", new OkxSourceConnector().config()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldDocumentEverySettingAsItIs(String venue, ConfigDef settings) throws IOException {
        String page = Files.readString(Path.of("../docs/connectors/" + venue + ".md"));

        assertThat(page)
                .describedAs("the settings in docs/connectors/" + venue + ".md")
                .endsWith(table(settings));
    }

    private static String table(ConfigDef settings) {
        return settings.configKeys().values().stream()
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
