package io.plimsoll.connectors.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Settings that the connectors of all venues share. */
public class FeedConfig extends AbstractConfig {

    public static final String VENUE = "venue";
    public static final String REGISTRY_URL = "schema.registry.url";
    public static final String STATUS_INTERVAL = "status.interval.ms";
    public static final String RECONNECT_FIRST = "reconnect.backoff.ms";
    public static final String RECONNECT_LONGEST = "reconnect.backoff.max.ms";
    public static final String REQUEST_TIMEOUT = "request.timeout.ms";
    public static final String POLL_WAIT = "poll.wait.ms";

    /** Given by the connector to its tasks. */
    static final String TASK_INDEX = "task.index";

    static final String TASK_COUNT = "task.count";
    static final String NAME = "name";

    private static final long DEFAULT_REQUEST_TIMEOUT_MS = 10_000;

    /** What is handed on to the schema registry's client begins with it. */
    private static final String REGISTRY_PREFIX = "schema.registry.";

    protected FeedConfig(ConfigDef definition, Map<String, String> settings) {
        super(definition, settings, false);
    }

    /** The shared settings, to which a venue adds its own. */
    protected static ConfigDef common(String venue) {
        return new ConfigDef()
                .define(
                        VENUE,
                        Type.STRING,
                        venue,
                        FeedConfig::checkVenue,
                        Importance.MEDIUM,
                        "The venue's name in keys and records, lower case, no colon. Another one tells two feeds of one"
                                + " venue apart that share neither accounts nor collateral.")
                .define(
                        REGISTRY_URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "URL of the schema registry, several with commas between. Further settings that begin with"
                                + " schema.registry. go to its client without that.")
                .define(
                        STATUS_INTERVAL,
                        Type.LONG,
                        10_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How often the feed's status is written though it has not changed, milliseconds.")
                .define(
                        RECONNECT_FIRST,
                        Type.LONG,
                        500,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait before the first attempt to connect again, milliseconds; each further one is twice"
                                + " as long.")
                .define(
                        RECONNECT_LONGEST,
                        Type.LONG,
                        30_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait between attempts to connect, milliseconds.")
                .define(
                        REQUEST_TIMEOUT,
                        Type.LONG,
                        DEFAULT_REQUEST_TIMEOUT_MS,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How long a request or the opening of a connection may take, milliseconds.")
                .define(
                        POLL_WAIT,
                        Type.LONG,
                        200,
                        Range.between(1, 10_000),
                        Importance.LOW,
                        "How long a task waits for something to come before it looks at its clock, milliseconds.")
                .define(TASK_INDEX, Type.INT, 0, Range.atLeast(0), Importance.LOW, "Set by the connector.")
                .define(TASK_COUNT, Type.INT, 1, Range.atLeast(1), Importance.LOW, "Set by the connector.");
    }

    public final String venue() {
        return getString(VENUE);
    }

    /** The connector's name, which is the feed's. */
    public final String feedName() {
        return originalsStrings().getOrDefault(NAME, venue()).replace(':', '-');
    }

    public final Slice slice() {
        return new Slice(getInt(TASK_INDEX), getInt(TASK_COUNT));
    }

    /** Of a feed that asks for nothing, and so has no such setting: the default. */
    public final Duration requestTimeout() {
        return Duration.ofMillis(
                values().containsKey(REQUEST_TIMEOUT) ? getLong(REQUEST_TIMEOUT) : DEFAULT_REQUEST_TIMEOUT_MS);
    }

    final String registryUrl() {
        return getString(REGISTRY_URL);
    }

    final Map<String, Object> registryClient() {
        Map<String, Object> settings = new HashMap<>(originalsWithPrefix(REGISTRY_PREFIX));
        settings.remove("url");
        return settings;
    }

    private static void checkVenue(String name, Object value) {
        String venue = (String) value;
        if (venue.isBlank() || venue.indexOf(':') >= 0 || !venue.equals(venue.toLowerCase(Locale.ROOT))) {
            throw new ConfigException(name, value, "allowed is a name in lower case without colons");
        }
    }

    /** Allows addresses with one of the schemes. */
    protected static ConfigDef.Validator address(String... schemes) {
        return (name, value) -> {
            try {
                URI uri = new URI((String) value);
                if (uri.getHost() != null && Set.of(schemes).contains(uri.getScheme())) {
                    return;
                }
            } catch (URISyntaxException e) {
                throw new ConfigException(name, value, "no URL: " + e.getReason());
            }
            throw new ConfigException(
                    name, value, "allowed is a URL that begins with " + String.join(":// or ", schemes) + "://");
        };
    }

    /** Allows fractions, each above the one before. */
    protected static void checkDistances(String name, Object value) {
        List<Object> distances = new ArrayList<>((List<?>) value);
        double before = 0;
        for (Object text : distances) {
            double distance;
            try {
                distance = Double.parseDouble(String.valueOf(text));
            } catch (NumberFormatException e) {
                distance = Double.NaN;
            }
            if (!(distance > before && distance < 1)) {
                throw new ConfigException(
                        name, text, "allowed are fractions above 0 and below 1, each above the one before");
            }
            before = distance;
        }
    }
}
