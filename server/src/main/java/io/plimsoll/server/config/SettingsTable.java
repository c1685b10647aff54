package io.plimsoll.server.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings as text, for the terminal and for docs/settings.md. */
public final class SettingsTable {

    private SettingsTable() {}

    /** Every setting with default and meaning, and every value that the file and the environment give it. */
    public static String plain(@Nullable Path file, Map<String, String> environment) {
        Map<String, String> values = ConfigReader.shown(file, environment);
        StringBuilder text = new StringBuilder();
        for (Setting setting : Settings.ALL) {
            text.append(setting.path()).append(": ").append(values.remove(setting.path()));
            text.append('\n').append("    ").append(setting.meaning()).append('\n');
            text.append("    Allowed: ").append(setting.kind().allowed()).append(". Default: ");
            text.append(setting.defaultText().isEmpty() ? "none" : setting.defaultText());
            text.append(". Environment: ").append(setting.environmentName()).append('\n');
        }
        Settings.PASSED_THROUGH.forEach((section, meaning) -> {
            text.append(section).append(".*\n    ").append(meaning).append('\n');
            values.forEach((path, value) -> {
                if (path.startsWith(section + ".")) {
                    text.append("    ").append(path).append(": ").append(value).append('\n');
                }
            });
        });
        return text.toString();
    }

    /** The whole of docs/settings.md. */
    public static String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Settings\n\n");
        text.append("<!-- Written by: ./plimsoll config --markdown > docs/settings.md -->\n\n");
        text.append("One YAML file, given with `./plimsoll run --config FILE`. Dots are levels:\n\n");
        text.append("```yaml\nhttp:\n  port: 8080\nkafka:\n  bootstrap.servers: broker1:9092,broker2:9092\n```\n\n");
        text.append("An environment variable overrides the file. Secrets are never printed.\n\n");
        text.append("| Setting | Default | Allowed | Meaning | Environment |\n|---|---|---|---|---|\n");
        for (Setting setting : Settings.ALL) {
            text.append("| `").append(setting.path()).append("` | ");
            text.append(setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`");
            text.append(" | ").append(setting.kind().allowed());
            text.append(" | ").append(setting.meaning());
            text.append(" | `").append(setting.environmentName()).append("` |\n");
        }
        Settings.PASSED_THROUGH.forEach((section, meaning) -> text.append("| `")
                .append(section)
                .append(".*` | none | see there | ")
                .append(meaning)
                .append(" | `")
                .append(new Setting(section, Kind.TEXT, "", "").environmentName())
                .append("_*` (dots are underscores) |\n"));
        return text.toString();
    }
}
