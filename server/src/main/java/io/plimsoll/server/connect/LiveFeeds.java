package io.plimsoll.server.connect;

import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.feed.FeedSourceConnector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * The venues whose connectors run without any setting but the schema registry's, by the names of their packages. A venue
 * may have several connectors.
 */
public final class LiveFeeds {

    private static final Set<String> GIVEN = Set.of("schema.registry.url");
    private static final String SUFFIX = "SourceConnector";

    /** Settings that Kafka Connect knows for every connector. */
    private static final List<String> OF_EVERY_CONNECTOR = List.of("tasks.max");

    private final Map<String, List<FeedSourceConnector>> byVenue = new TreeMap<>();

    private LiveFeeds() {}

    /** Those that services name. */
    public static LiveFeeds onClassPath() {
        LiveFeeds feeds = new LiveFeeds();
        for (SourceConnector connector : ServiceLoader.load(SourceConnector.class)) {
            if (connector instanceof FeedSourceConnector feed && runsBare(feed)) {
                feeds.byVenue
                        .computeIfAbsent(venue(feed), venue -> new ArrayList<>())
                        .add(feed);
            }
        }
        return feeds;
    }

    private static boolean runsBare(FeedSourceConnector feed) {
        return feed.config().configKeys().values().stream()
                .allMatch(key -> key.hasDefault() || GIVEN.contains(key.name));
    }

    private static String venue(FeedSourceConnector feed) {
        String name = feed.getClass().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Names, alphabetically. */
    public Set<String> venues() {
        return new TreeSet<>(byVenue.keySet());
    }

    /** What is wrong with the first of the names that no connector of the venue knows. */
    public Optional<String> unknownSetting(String venue, Collection<String> names) {
        Set<String> known = new TreeSet<>(OF_EVERY_CONNECTOR);
        for (FeedSourceConnector feed : byVenue.getOrDefault(venue, List.of())) {
            for (ConfigDef.ConfigKey key : feed.config().configKeys().values()) {
                known.add(key.name);
            }
        }
        return names.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> name + " is no setting, " + NearestName.allowed(name, known));
    }

    /**
     * The venue's connectors.
     *
     * @param settings for each of them that knows the setting
     */
    public Map<String, Map<String, String>> connectors(String venue, Map<String, String> settings) {
        List<FeedSourceConnector> feeds = byVenue.getOrDefault(venue, List.of());
        Map<String, Map<String, String>> connectors = new TreeMap<>();
        for (FeedSourceConnector feed : feeds) {
            Map<String, String> own = new TreeMap<>();
            settings.forEach((name, value) -> {
                if (OF_EVERY_CONNECTOR.contains(name)
                        || feed.config().configKeys().containsKey(name)) {
                    own.put(name, value);
                }
            });
            own.put("connector.class", feed.getClass().getName());
            connectors.put(feeds.size() == 1 ? venue : kebab(feed.getClass().getSimpleName()), own);
        }
        return connectors;
    }

    private static String kebab(String className) {
        return className
                .replace(SUFFIX, "")
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }
}
