package io.plimsoll.connectors.file;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.csv.Mapping;
import io.plimsoll.connectors.feed.FeedConfig;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Settings of the connector for files. */
final class FileConfig extends FeedConfig {

    static final String PATH = "path";
    static final String PATTERN = "file.pattern";
    static final String MAPPING = "mapping";
    static final String FOLLOW = "follow";
    static final String SCAN_INTERVAL = "scan.interval.ms";
    static final String SETTLE = "csv.settle.ms";
    static final String STALE_AFTER = "stale.after.ms";

    static final ConfigDef DEFINITION = withoutNetwork()
            .define(
                    PATH,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new ConfigDef.NonEmptyString(),
                    Importance.HIGH,
                    "A file, or a folder whose files are read in the order of their names. Every worker that may run the"
                            + " task must see it under this path.")
            .define(
                    PATTERN,
                    Type.STRING,
                    "*",
                    FileConfig::checkPattern,
                    Importance.MEDIUM,
                    "Which files of the folder, such as positions_*.csv. Names that begin with a dot are never read: write"
                            + " under such a name and rename.")
            .define(
                    MAPPING,
                    Type.STRING,
                    "",
                    Importance.HIGH,
                    "The mapping that says how rows of CSV become records (import.md); empty: files are recordings"
                            + " (recordings.md).")
            .define(
                    FOLLOW,
                    Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "true: what is added to a file is read, and a last line without its end waits for it. false: a file is"
                            + " whole when it appears.")
            .define(
                    SCAN_INTERVAL,
                    Type.LONG,
                    1_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How often to look for new files and for what was added, milliseconds.")
            .define(
                    SETTLE,
                    Type.LONG,
                    2_000,
                    Range.atLeast(0),
                    Importance.LOW,
                    "How long no CSV file may have changed before what is new in all of them is read, together, milliseconds:"
                            + " sums and complete lists need all rows of their time.")
            .define(
                    STALE_AFTER,
                    Type.LONG,
                    900_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Time without a new line after which the feed is STALE, milliseconds.");

    private static ConfigDef withoutNetwork() {
        ConfigDef definition = new ConfigDef();
        Set<String> ofNetwork = Set.of(RECONNECT_FIRST, RECONNECT_LONGEST, REQUEST_TIMEOUT);
        common("file").configKeys().values().stream()
                .filter(key -> !ofNetwork.contains(key.name))
                .forEach(definition::define);
        return definition;
    }

    FileConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
    }

    Path path() {
        return Path.of(getString(PATH));
    }

    PathMatcher pattern() {
        return FileSystems.getDefault().getPathMatcher("glob:" + getString(PATTERN));
    }

    boolean follows() {
        return getBoolean(FOLLOW);
    }

    /**
     * How CSV becomes records; null where files are recordings.
     *
     * @throws ConfigException if it cannot be read, or prices carry open interest of which it does not say what it counts
     */
    @Nullable
    Mapping mapping() {
        String file = getString(MAPPING);
        if (file.isEmpty()) {
            return null;
        }
        try {
            Mapping mapping = Mapping.read(Path.of(file));
            mapping.requireOpenInterestTerms();
            return mapping;
        } catch (InputException e) {
            throw new ConfigException(MAPPING, file, e.getMessage());
        }
    }

    private static void checkPattern(String name, Object value) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + value);
        } catch (PatternSyntaxException e) {
            throw new ConfigException(name, value, "allowed is a pattern such as positions_*.csv");
        }
    }
}
