package io.plimsoll.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

    @Test
    void shouldBeWhatTheDocumentationHolds() throws Exception {
        String documented = Files.readString(Path.of("..", "docs", "settings.md"));

        assertThat(documented)
                .describedAs("docs/settings.md is written by: ./plimsoll config --markdown > docs/settings.md")
                .isEqualTo(SettingsTable.markdown());
    }

    @Test
    void shouldHaveDefaultsThatAreAllowed() {
        assertThat(Settings.ALL)
                .allSatisfy(setting -> assertThat(setting.defaultText().isEmpty()
                                || setting.kind().accepts(setting.defaultText()))
                        .describedAs(setting.path())
                        .isTrue());
    }

    @Test
    void shouldPrintEverySetting() {
        String text = SettingsTable.plain(null, Map.of());

        assertThat(Settings.ALL)
                .allSatisfy(setting ->
                        assertThat(text).contains(setting.path() + ":", setting.meaning(), setting.environmentName()));
    }
}
